//! Nginx, which ends its connections after some requests and whenever it is reloaded. `POLYWRITE_NGINX` names the
//! program; `./dev test` downloads it where Debian's packages are available.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashMap;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use polywrite::{Client, Params};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::task::JoinSet;

const AT_ONCE: usize = 64;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_http2_nothing_is_lost_without_a_retry() {
    // A reload may reset a connection before nginx has sent a byte on it. With ten requests a connection there are many
    // such, so only long connections are reloaded.
    for (requests, reloads) in [(10, 0), (1000, 3)] {
        let Some(nginx) = Nginx::start(requests) else { return };
        let outcome = nginx.call(false, 3000, reloads).await;
        assert_eq!(outcome.failed, [0, 0], "{requests} requests a connection: {:?}", outcome.errors);
        nginx.check(&outcome);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_http1_no_get_is_lost_and_no_post_is_doubled() {
    let reloads = 3;
    for requests in [10, 1000] {
        let Some(nginx) = Nginx::start(requests) else { return };
        let outcome = nginx.call(true, 3000, reloads).await;
        assert_eq!(outcome.failed[0], 0, "{requests} requests a connection: {:?}", outcome.errors);
        // A client cannot know whether nginx read a POST on a connection that it ends, and a reload ends all of them.
        assert!(
            outcome.failed[1] <= AT_ONCE * reloads,
            "{requests} requests a connection: {:?}",
            outcome.errors
        );
        nginx.check(&outcome);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes a while; run by ./dev chaos"]
async fn of_50_000_calls_none_is_lost_in_20_reloads() {
    for (http1, requests) in [(false, 1000), (false, 10), (true, 1000), (true, 10)] {
        let Some(nginx) = Nginx::start(requests) else { return };
        let outcome = nginx.call(http1, 50_000, 20).await;
        let failed = (outcome.failed, &outcome.errors);
        println!("http1: {http1}, {requests} requests a connection; GETs and POSTs that failed: {failed:?}");
        nginx.check(&outcome);
        // With ten requests a connection, a reload resets some of 5,000 before nginx has sent a byte on them. nginx may
        // have handled requests on those: a reset overtakes what the network has lost, such as nginx's SETTINGS and its
        // response, and only GOAWAY or REFUSED_STREAM says that a request was left untouched (RFC 9113, sections 6.8
        // and 8.7). The client has no retries, so such a call fails.
        assert!(http1 || requests == 10 || outcome.failed == [0, 0], "{:?}", outcome.errors);
    }
}

/// The outcomes of many calls.
#[derive(Default)]
struct Outcome {
    /// GETs and POSTs.
    failed: [usize; 2],
    good_posts: Vec<String>,
    errors: Vec<String>,
}

/// Nginx, which responds to every request with its path.
struct Nginx {
    process: Child,
    folder: PathBuf,
    port: u16,
}

impl Nginx {
    /// Starts it with so many requests a connection; prints why and returns `None` where it is not installed.
    fn start(requests: usize) -> Option<Self> {
        let program = std::env::var("POLYWRITE_NGINX").unwrap_or_else(|_| "nginx".into());
        if Command::new(&program).arg("-v").output().is_err() {
            assert!(std::env::var("CI").is_err(), "nginx is not installed; POLYWRITE_NGINX may name it");
            eprintln!("skipped: nginx is not installed; POLYWRITE_NGINX may name it");
            return None;
        }
        // Free a moment ago, and no other program should take this one.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("nginx-{port}"));
        fs::create_dir_all(&folder).unwrap();
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["127.0.0.1".into()]).unwrap();
        fs::write(folder.join("certificate.pem"), cert.pem()).unwrap();
        fs::write(folder.join("key.pem"), signing_key.serialize_pem()).unwrap();
        let settings = format!(
            "daemon off;
            worker_processes 2;
            pid nginx.pid;
            error_log error.log;
            events {{ worker_connections 1024; }}
            http {{
                log_format line '$request_method $uri';
                access_log access.log line;
                client_body_temp_path body;
                proxy_temp_path proxy;
                fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi;
                scgi_temp_path scgi;
                keepalive_requests {requests};
                server {{
                    listen 127.0.0.1:{port} ssl http2;
                    ssl_certificate certificate.pem;
                    ssl_certificate_key key.pem;
                    location / {{ return 200 $uri; }}
                }}
            }}"
        );
        fs::write(folder.join("nginx.conf"), settings).unwrap();
        let mut command = Command::new(program);
        command.args(["-e", "error.log", "-c", "nginx.conf", "-p"]).arg(&folder);
        let nginx = Self { process: command.spawn().unwrap(), folder, port };
        let listens = (0..400).any(|_| {
            std::thread::sleep(Duration::from_millis(25));
            std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        assert!(listens, "{:?}", fs::read_to_string(nginx.folder.join("error.log")));
        Some(nginx)
    }

    /// Makes so many calls, every second one a POST, and has nginx reload so many times meanwhile.
    async fn call(&self, http1: bool, calls: usize, reloads: usize) -> Outcome {
        let client = Client::builder().endpoint(format!("https://127.0.0.1:{}/v1", self.port));
        let client = client.self_signed(true).http1_only(http1).timeout(Duration::from_secs(60));
        let client = if http1 { client } else { client.retries(0) }.build().unwrap();
        let next = Arc::new(AtomicUsize::new(0));
        let mut callers = JoinSet::new();
        for _ in 0..AT_ONCE {
            let (client, next, master) = (client.clone(), next.clone(), self.process.id());
            callers.spawn(async move {
                let mut outcome = Outcome::default();
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= calls {
                        return outcome;
                    }
                    if number % (calls / (reloads + 1)) == 0 && number > 0 {
                        signal(master, "HUP");
                    }
                    let is_post = number % 2 == 1;
                    let path = format!("/notes/{number}");
                    let method = if is_post { "POST" } else { "GET" };
                    match client.request(method, &path, &[], Params::new()).await {
                        Ok(response) => {
                            assert_eq!(response.text().unwrap(), format!("/v1{path}"));
                            if is_post {
                                outcome.good_posts.push(path);
                            }
                        }
                        Err(error) => {
                            outcome.failed[usize::from(is_post)] += 1;
                            outcome.errors.push(format!("{method}: {error}"));
                        }
                    }
                }
            });
        }
        let mut all = Outcome::default();
        while let Some(outcome) = callers.join_next().await {
            let outcome = outcome.unwrap();
            all.failed[0] += outcome.failed[0];
            all.failed[1] += outcome.failed[1];
            all.good_posts.extend(outcome.good_posts);
            all.errors.extend(outcome.errors);
        }
        all
    }

    /// Ends nginx and compares its log with the outcomes.
    fn check(mut self, outcome: &Outcome) {
        signal(self.process.id(), "QUIT");
        self.process.wait().unwrap();
        let mut posts = HashMap::<String, usize>::new();
        for line in fs::read_to_string(self.folder.join("access.log")).unwrap().lines() {
            if let Some(path) = line.strip_prefix("POST /v1") {
                *posts.entry(path.to_owned()).or_default() += 1;
            }
        }
        let doubled: Vec<_> = posts.iter().filter(|(_, times)| **times > 1).collect();
        assert!(doubled.is_empty(), "doubled: {doubled:?}");
        let lost = outcome.good_posts.iter().filter(|path| !posts.contains_key(*path));
        assert_eq!(lost.count(), 0, "a response, but nothing in nginx's log");
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn signal(process: u32, name: &str) {
    assert!(Command::new("kill").args(["-s", name, &process.to_string()]).status().unwrap().success());
}
