//! Makes the linker accept that Node-API's symbols come from the host process.

fn main() {
    napi_build::setup();
}
