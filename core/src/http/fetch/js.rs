//! What we use of JavaScript's Fetch API.

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    pub(super) fn fetch(request: &Request) -> Result<Promise, JsValue>;

    pub(super) type AbortController;
    #[wasm_bindgen(constructor)]
    pub(super) fn new() -> AbortController;
    #[wasm_bindgen(method, getter)]
    pub(super) fn signal(this: &AbortController) -> JsValue;
    #[wasm_bindgen(method)]
    pub(super) fn abort(this: &AbortController);

    pub(super) type Headers;
    #[wasm_bindgen(constructor)]
    pub(super) fn new() -> Headers;
    #[wasm_bindgen(method, catch)]
    pub(super) fn append(this: &Headers, name: &str, value: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    pub(super) fn has(this: &Headers, name: &str) -> bool;
    #[wasm_bindgen(method, catch, js_name = getSetCookie)]
    pub(super) fn get_set_cookie(this: &Headers) -> Result<Array, JsValue>;

    pub(super) type Request;
    #[wasm_bindgen(constructor, catch)]
    pub(super) fn new(url: &str, options: &JsValue) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn headers(this: &Request) -> Headers;

    pub(super) type Response;
    #[wasm_bindgen(method, getter)]
    pub(super) fn status(this: &Response) -> u16;
    #[wasm_bindgen(method, getter, js_name = type)]
    pub(super) fn kind(this: &Response) -> String;
    #[wasm_bindgen(method, getter)]
    pub(super) fn headers(this: &Response) -> Headers;
    #[wasm_bindgen(method, getter)]
    pub(super) fn body(this: &Response) -> Option<ReadableStream>;

    pub(super) type ReadableStream;
    #[wasm_bindgen(method, catch, js_name = getReader)]
    pub(super) fn get_reader(this: &ReadableStream) -> Result<Reader, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn cancel(this: &ReadableStream) -> Result<Promise, JsValue>;

    pub(super) type Reader;
    #[wasm_bindgen(method, catch)]
    pub(super) fn read(this: &Reader) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn cancel(this: &Reader) -> Result<Promise, JsValue>;

    /// What a reader has read.
    pub(super) type Read;
    #[wasm_bindgen(method, getter)]
    pub(super) fn done(this: &Read) -> bool;
    #[wasm_bindgen(method, getter)]
    pub(super) fn value(this: &Read) -> js_sys::Uint8Array;
}

/// Whether requests know a property. Workers throw errors for those that they do not know.
pub(super) fn has_request_property(name: &str) -> bool {
    let prototype = Reflect::get(&js_sys::global(), &"Request".into())
        .and_then(|request| Reflect::get(&request, &"prototype".into()));
    prototype.and_then(|prototype| Reflect::has(&prototype, &name.into())).unwrap_or(false)
}
