//! A client of an emulator.

use percent_encoding::NON_ALPHANUMERIC as ALL;
use polywrite_emulator::{Emulator, Options};
use reqwest::{Client, Method};
use serde_json::{Value, json};

/// Where the rows of `Caller::table` are.
pub(crate) const ROWS: &str = "/tablesdb/d/tables/t/rows";

/// An emulator in memory, and its root key.
pub(crate) async fn start() -> (Emulator, Caller) {
    let emulator = Emulator::start(Options::default()).await.unwrap();
    let root = Caller::root(&emulator);
    (emulator, root)
}

/// Calls an emulator with some credential.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) client: Client,
    pub(crate) endpoint: String,
    pub(crate) project: String,
    pub(crate) credential: (&'static str, String),
}

impl Caller {
    pub(crate) fn root(emulator: &Emulator) -> Self {
        Self::at(emulator.endpoint(), emulator.root_key())
    }

    /// A caller with a key, for an emulator of another process.
    pub(crate) fn at(endpoint: &str, key: &str) -> Self {
        let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
        Self {
            client: Client::builder().no_proxy().build().unwrap(),
            endpoint: endpoint.to_owned(),
            project: "demo".to_owned(),
            credential: ("x-appwrite-key", key.to_owned()),
        }
    }

    pub(crate) fn with(&self, header: &'static str, secret: &Value) -> Self {
        Self { credential: (header, secret.as_str().unwrap().to_owned()), ..self.clone() }
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        self.try_send(method, path, body).await.unwrap()
    }

    /// The same with an emulator that may have ended: none without a response.
    pub(crate) async fn try_send(&self, method: Method, path: &str, body: Value) -> Option<(u16, Value)> {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.endpoint))
            .header("x-appwrite-project", &self.project)
            .header(self.credential.0, &self.credential.1);
        if !body.is_null() {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let response = request.send().await.ok()?;
        let status = response.status().as_u16();
        Some((status, response.text().await.ok()?.parse().unwrap_or_default()))
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        self.send(Method::GET, path, Value::Null).await
    }

    /// Sends a POST that must succeed.
    pub(crate) async fn post(&self, path: &str, body: Value) -> Value {
        let (status, response) = self.send(Method::POST, path, body).await;
        assert!(status < 300, "{path}: {status} {response}");
        response
    }

    pub(crate) async fn chunk(
        &self,
        path: &str,
        id: &str,
        start: usize,
        content: &[u8],
        total: usize,
    ) -> Value {
        self.chunk_of(path, "file", Some(id), start, content, total).await
    }

    /// Uploads a chunk; without an ID, the response has it.
    pub(crate) async fn chunk_of(
        &self,
        path: &str,
        field: &str,
        id: Option<&str>,
        start: usize,
        content: &[u8],
        total: usize,
    ) -> Value {
        let (status, response) = self.sent_chunk(path, field, id, start, content, total).await;
        assert!(status < 300, "{path}: {status} {response}");
        response
    }

    /// Uploads a chunk of a file that the emulator may reject.
    pub(crate) async fn try_chunk(
        &self,
        path: &str,
        id: &str,
        start: usize,
        content: &[u8],
        total: usize,
    ) -> (u16, Value) {
        self.sent_chunk(path, "file", Some(id), start, content, total).await
    }

    async fn sent_chunk(
        &self,
        path: &str,
        field: &str,
        id: Option<&str>,
        start: usize,
        content: &[u8],
        total: usize,
    ) -> (u16, Value) {
        let head = "--frontier\r\nContent-Disposition: form-data; name";
        let file_id = id.unwrap_or("unique()");
        let mut body = format!(
            "{head}=\"fileId\"\r\n\r\n{file_id}\r\n{head}=\"activate\"\r\n\r\n0\r\n\
             {head}=\"{field}\"; filename=\"big.bin\"\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--frontier--\r\n");
        let mut request = self
            .client
            .post(format!("{}{path}", self.endpoint))
            .header("x-appwrite-project", &self.project)
            .header(self.credential.0, &self.credential.1)
            .header("content-type", "multipart/form-data; boundary=frontier")
            .header("content-range", format!("bytes {start}-{}/{total}", start + content.len() - 1));
        if let Some(id) = id {
            request = request.header("x-appwrite-id", id);
        }
        let response = request.body(body).send().await.unwrap();
        let status = response.status().as_u16();
        (status, response.text().await.unwrap().parse().unwrap())
    }

    pub(crate) async fn download(&self, path: &str) -> Vec<u8> {
        let request =
            self.client.get(format!("{}{path}", self.endpoint)).header("x-appwrite-project", &self.project);
        let response = request.header(self.credential.0, &self.credential.1).send().await.unwrap();
        assert_eq!(response.status(), 200);
        response.bytes().await.unwrap().to_vec()
    }

    /// A table whose columns can be used.
    pub(crate) async fn table(&self, security: bool, permissions: Value) {
        self.post("/tablesdb", json!({"databaseId": "d", "name": "D"})).await;
        let table = json!({"tableId": "t", "name": "T", "rowSecurity": security, "permissions": permissions});
        self.post("/tablesdb/d/tables", table).await;
        self.column("t", "integer", json!({"key": "count", "default": 0})).await;
    }

    /// A column of a table that can be used.
    pub(crate) async fn column(&self, table: &str, kind: &str, mut column: Value) {
        column["required"] = column.get("required").cloned().unwrap_or(json!(false));
        let path = format!("/tablesdb/d/tables/{table}/columns");
        let key = self.post(&format!("{path}/{kind}"), column).await["key"].clone();
        self.settled(&format!("{path}/{}", key.as_str().unwrap())).await;
    }

    /// Waits until a column or an index can be used.
    pub(crate) async fn settled(&self, path: &str) {
        while self.get(path).await.1["status"] != "available" {}
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> (u16, Value) {
        self.send(Method::PATCH, path, body).await
    }

    pub(crate) async fn delete(&self, path: &str, body: Value) -> u16 {
        self.send(Method::DELETE, path, body).await.0
    }

    /// Sends a POST that must fail with a 4xx; returns the status and the error's type.
    pub(crate) async fn error_of(&self, path: &str, body: Value) -> (u16, String) {
        let (status, response) = self.send(Method::POST, path, body).await;
        assert!((400..500).contains(&status), "{path}: {status} {response}");
        (status, response["type"].as_str().unwrap_or_default().to_owned())
    }

    /// The IDs of the rows that fit the queries.
    pub(crate) async fn found(&self, path: &str, queries: &[Value]) -> Vec<String> {
        let (status, response) = self.list(path, queries).await;
        assert_eq!(status, 200, "{response}");
        let rows = response["rows"].as_array().unwrap();
        rows.iter().map(|row| row["$id"].as_str().unwrap().to_owned()).collect()
    }

    /// What is said of a query that must be refused.
    pub(crate) async fn refused(&self, path: &str, query: &Value) -> String {
        let (status, error) = self.list(path, std::slice::from_ref(query)).await;
        assert_eq!((status, &error["type"]), (400, &json!("general_query_invalid")), "{query}");
        error["message"].as_str().unwrap_or_default().to_owned()
    }

    async fn list(&self, path: &str, queries: &[Value]) -> (u16, Value) {
        let named = queries.iter().enumerate().map(|(index, query)| {
            format!("queries[{index}]={}", percent_encoding::utf8_percent_encode(&query.to_string(), ALL))
        });
        self.get(&format!("{path}?{}", named.collect::<Vec<_>>().join("&"))).await
    }
}
