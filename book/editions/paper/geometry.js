// The sheet of paper, in points, and what is asked of it. paper.css has the same
// margins, and the test holds the two together.

const mm = length => (length * 72) / 25.4;

export const SHEET = { width: 7 * 72, height: 10 * 72 };
export const MARGIN = { top: mm(21), right: mm(18), bottom: mm(20), left: mm(19) };

// Where the text stands: heights are counted from the foot, as a PDF does.
export const TEXT = {
  width: SHEET.width - MARGIN.left - MARGIN.right,
  height: SHEET.height - MARGIN.top - MARGIN.bottom,
  low: MARGIN.bottom,
  high: SHEET.height - MARGIN.top,
};

// A listing of so many lines or fewer stands on one page, unless the fitting lets
// it break between its parts.
export const SHORT_LISTING = 12;

// A page that has more room left than this, and is not the last of its chapter,
// is worth another look.
export const ROOM = 0.17 * TEXT.height;
