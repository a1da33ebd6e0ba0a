//! Whether the program was started with its stdout closed, as `>&-` does.
//!
//! Before `main`, Rust opens /dev/null in the place of a closed stdout; from
//! then on nothing tells it from `>/dev/null`. So the question is asked
//! earlier, where libraries are set up. Elsewhere than on Linux it is not
//! asked, and a closed stdout passes for /dev/null.

use std::io;

/// Refuses a stdout that was closed.
///
/// # Errors
/// That it is closed.
pub fn refuse() -> io::Result<()> {
    #[cfg(target_os = "linux")]
    if before_main::was_closed() {
        return Err(io::Error::other("stdout is closed"));
    }
    Ok(())
}

#[cfg(target_os = "linux")]
mod before_main {
    use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

    use rustix::io::{Errno, fcntl_getfd};
    use rustix::stdio::stdout;

    static CLOSED: AtomicBool = AtomicBool::new(false);

    pub fn was_closed() -> bool {
        CLOSED.load(Relaxed)
    }

    // SAFETY: the functions of this section are called once each, with C's
    // convention, before `main`. This one is a system call and a store: it
    // needs nothing that Rust sets up, and cannot panic.
    #[allow(unsafe_code)]
    #[used]
    #[unsafe(link_section = ".init_array")]
    static ASK: extern "C" fn() = ask;

    extern "C" fn ask() {
        CLOSED.store(fcntl_getfd(stdout()) == Err(Errno::BADF), Relaxed);
    }
}
