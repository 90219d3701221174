//! Whether the interpreter ends.

use std::sync::OnceLock;

/// Stops the thread for ever if the interpreter ends.
///
/// It may begin to end between this and taking the GIL. PyO3 stops such a thread too, but in the midst of being taken
/// apart.
pub(crate) fn park_if_over() {
    if is_over() {
        loop {
            std::thread::park();
        }
    }
}

#[cfg(unix)]
fn is_over() -> bool {
    type Asked = unsafe extern "C" fn() -> std::ffi::c_int;

    // The stable interface has it from Python 3.13 on; before, the same function has another name.
    static ASK: OnceLock<Option<Asked>> = OnceLock::new();
    let ask = ASK.get_or_init(|| {
        [c"Py_IsFinalizing", c"_Py_IsFinalizing"].into_iter().find_map(|name| {
            #[expect(unsafe_code, reason = "a look-up by name, and both names are of functions of this type")]
            unsafe {
                let found = libc::dlsym(libc::RTLD_DEFAULT, name.as_ptr());
                (!found.is_null()).then(|| std::mem::transmute::<*mut libc::c_void, Asked>(found))
            }
        })
    });
    #[expect(unsafe_code, reason = "the function may be called from any thread, with or without the GIL")]
    ask.is_some_and(|ask| unsafe { ask() } != 0)
}

#[cfg(not(unix))]
fn is_over() -> bool {
    false
}
