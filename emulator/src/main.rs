//! The emulator by itself; `polywrite emulator` is the same.

use std::process::ExitCode;

fn main() -> ExitCode {
    polywrite_emulator::program::run("polywrite-emulator", std::env::args_os().skip(1))
}
