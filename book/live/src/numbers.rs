//! How a page reads many numbers at once.

use std::cell::RefCell;

thread_local! {
    static NUMBERS: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
}

/// Where the numbers of the last answer begin in memory.
///
/// They are 64-bit floats, as many as the function before has said, and stay
/// until the next call: that may move or overwrite them.
#[unsafe(no_mangle)]
pub extern "C" fn numbers() -> *const f64 {
    NUMBERS.with_borrow(|numbers| numbers.as_ptr())
}

/// Puts `values` where the page reads them; returns how many there are.
pub fn answer(values: impl IntoIterator<Item = f64>) -> u32 {
    NUMBERS.with_borrow_mut(|numbers| {
        numbers.clear();
        numbers.extend(values);
        numbers.len() as u32
    })
}

/// One number for the page: NaN stands for every way of having none.
pub fn number(value: Option<f64>) -> f64 {
    value.unwrap_or(f64::NAN)
}
