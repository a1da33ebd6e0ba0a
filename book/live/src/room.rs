//! Room for the bytes of a file, which a page has fetched and a figure reads.

use std::cell::RefCell;

/// No file for the page is longer; more would only fill its memory.
const LONGEST: u32 = 1 << 22;

thread_local! {
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Room for so many bytes, which the page puts there before it calls a function
/// that reads them; null where that is more than a file has.
#[unsafe(no_mangle)]
pub extern "C" fn room(bytes: u32) -> *mut u8 {
    if bytes > LONGEST {
        return std::ptr::null_mut();
    }
    ROOM.with_borrow_mut(|room| {
        *room = vec![0; bytes as usize];
        room.as_mut_ptr()
    })
}

/// What the page has put there; the room is empty afterwards.
pub fn take() -> Vec<u8> {
    ROOM.take()
}
