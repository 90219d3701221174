//! How many connections are opened, and what happens to old ones.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use polywrite::{CallOptions, Client, ErrorKind, Params};

use crate::clock::{KEY, builder, client};
use crate::operations::{CREATE_NOTE, GET_NOTE, LIST_NOTES};
use crate::server::{Act, Server, json, response_bytes};
use crate::tls::identity;

#[tokio::test]
async fn a_second_client_is_cheap() {
    let first = Client::builder().endpoint("https://appwrite.example.com/v1").key(KEY).build().unwrap();
    let began = Instant::now();
    for _ in 0..100 {
        first.with_session("s").unwrap();
    }
    // Unoptimised, on a busy machine: the limit is far above the microseconds that it takes.
    assert!(began.elapsed() < Duration::from_millis(100), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_connection_that_closed_while_idle_is_replaced() {
    let good = response_bytes("200 OK", &[], "{}");
    let server = Server::start([Act::RespondAndClose(good.clone()), Act::Respond(good)]).await;
    let (client, clock) = client(&server);
    for _ in 0..3 {
        client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    }
    assert!(clock.waits().is_empty());
    assert!(server.requests().len() >= 3);
}

#[tokio::test]
async fn an_idle_connection_that_breaks_before_the_response_is_replaced_for_a_get_only() {
    let good = response_bytes("200 OK", &[], "{}");
    let script =
        || [Act::Respond(good.clone()), Act::RespondAndReset(Vec::new()), Act::Respond(good.clone())];
    let server = Server::start(script()).await;
    let (getting, clock) = client(&server);
    for _ in 0..2 {
        getting.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    }
    assert_eq!((server.requests().len(), server.connections()), (3, 2));
    assert!(clock.waits().is_empty());

    let server = Server::start(script()).await;
    let (posting, _) = client(&server);
    let params = Params::new().with("noteId", "a");
    posting.execute(&CREATE_NOTE, params.clone(), CallOptions::new()).await.unwrap();
    let error = posting.execute(&CREATE_NOTE, params, CallOptions::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network);
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn another_runtime_has_connections_of_its_own() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (servers, one, other) = (tokio::runtime::Runtime::new().unwrap(), runtime(), runtime());
    let server = servers.block_on(Server::start([json("200 OK", "{}")]));
    let (client, _) = client(&server);
    let call = || client.execute(&LIST_NOTES, Params::new(), CallOptions::new());
    // A connection of `one` would hang here: nothing drives it while `other` runs.
    one.block_on(call()).unwrap();
    other.block_on(call()).unwrap();
    one.block_on(call()).unwrap();
    assert_eq!(server.connections(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn consecutive_calls_share_a_connection() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    for _ in 0..1000 {
        client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    }
    assert_eq!((server.requests().len(), server.connections()), (1000, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_are_as_many_connections_as_calls_in_flight() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let client = client.clone();
        tasks.spawn(async move {
            for _ in 0..100 {
                client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
            }
        });
    }
    tasks.join_all().await;
    assert_eq!(server.requests().len(), 800);
    // A call may take a connection that another one returns while its own still opens, which is then a spare.
    assert!(server.connections() <= 16, "{}", server.connections());
}

#[tokio::test]
async fn a_call_uses_a_returned_connection_before_its_own_is_open() {
    // The server accepts one connection and no second one during this test: the queue for it is full.
    let listener = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    listener.bind(&std::net::SocketAddr::from(([127, 0, 0, 1], 0)).into()).unwrap();
    listener.listen(0).unwrap();
    listener.set_nonblocking(true).unwrap();
    let listener = tokio::net::TcpListener::from_std(listener.into()).unwrap();
    let endpoint = format!("http://{}/v1", listener.local_addr().unwrap());
    let client = Client::builder().endpoint(endpoint).retries(0).build().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut fillers = Vec::new();
        let mut buffer = vec![0; 4096];
        while tokio::io::AsyncReadExt::read(&mut stream, &mut buffer).await.is_ok_and(|length| length > 0) {
            if fillers.is_empty() {
                // The server never accepts these, so the next connection waits.
                for _ in 0..8 {
                    let filler = tokio::net::TcpStream::connect(listener.local_addr().unwrap());
                    fillers.push(tokio::time::timeout(Duration::from_millis(20), filler).await);
                }
            }
            tokio::io::AsyncWriteExt::write_all(&mut stream, &response_bytes("200 OK", &[], "{}"))
                .await
                .unwrap();
        }
    });
    let call = || client.execute(&LIST_NOTES, Params::new(), CallOptions::new());
    let began = Instant::now();
    for result in futures_util::future::join_all([call(), call(), call()]).await {
        result.unwrap();
    }
    // The system sends SYN again after one second, and after two more.
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_call_continues_in_a_task_without_tokio_budget() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    let in_pieces = format!("{head}1\r\n{{\r\n1\r\n}}\r\n0\r\n\r\n");
    let server = Server::start([Act::Respond(in_pieces.into_bytes())]).await;
    let (client, _) = client(&server);
    let limit = Duration::from_secs(20);
    let began = Instant::now();
    // The cooperative budget of tokio may end in the middle of a response.
    for left in 1..=10 {
        let options = CallOptions::new().timeout(limit).retries(0);
        let mut call = pin!(client.execute(&LIST_NOTES, Params::new(), options));
        let with_little_left = poll_fn(|context| {
            for _ in left..128 {
                if let Poll::Ready(step) = tokio::task::coop::poll_proceed(context) {
                    step.made_progress();
                }
            }
            call.as_mut().poll(context)
        });
        with_little_left.await.unwrap();
    }
    // A call that nothing wakes ends with its time limit.
    assert!(began.elapsed() < limit, "{:?}", began.elapsed());
}

#[test]
fn a_call_that_must_not_be_repeated_notices_that_the_server_closed_the_connection() {
    let servers = tokio::runtime::Runtime::new().unwrap();
    let calling = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let script = || {
        let good = response_bytes("200 OK", &[], "{}");
        [Act::RespondAndClose(good.clone()), Act::Respond(good)]
    };
    let (tls, _) = identity(&["127.0.0.1"]);
    let plain = servers.block_on(Server::start(script()));
    let secure = servers.block_on(Server::start_tls(script(), tls));
    for server in [&plain, &secure] {
        let (builder, _) = builder(server);
        let client = builder.self_signed(true).build().unwrap();
        let post = || client.execute(&CREATE_NOTE, Params::new().with("noteId", "a"), CallOptions::new());
        calling.block_on(post()).unwrap();
        // Nothing drives the runtime of the calls meanwhile, so it does not notice.
        servers.block_on(server.ended(1));
        std::thread::sleep(Duration::from_millis(2));
        calling.block_on(post()).unwrap();
        assert_eq!((server.requests().len(), server.connections()), (2, 2));
    }
}

#[test]
fn connections_are_closed_with_their_runtime() {
    let servers = tokio::runtime::Runtime::new().unwrap();
    let calling = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = servers.block_on(Server::start([json("200 OK", "{}")]));
    let (client, _) = client(&server);
    calling.block_on(client.execute(&LIST_NOTES, Params::new(), CallOptions::new())).unwrap();
    drop(calling);
    servers.block_on(server.ended(1));
}

#[test]
fn an_idle_connection_is_closed_in_time() {
    let servers = tokio::runtime::Runtime::new().unwrap();
    let calling = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = servers.block_on(Server::start([json("200 OK", "{}")]));
    let (client, _) = client(&server);
    let call = || client.execute(&LIST_NOTES, Params::new(), CallOptions::new());
    calling.block_on(call()).unwrap();
    calling.block_on(async {
        tokio::time::pause();
        tokio::time::sleep(Duration::from_secs(55)).await;
        tokio::time::resume();
        call().await.unwrap();
        assert_eq!(server.connections(), 1);
        tokio::time::pause();
        // Common proxies close connections after 75 seconds.
        tokio::time::sleep(Duration::from_secs(75)).await;
    });
    servers.block_on(server.ended(1));
}

#[test]
fn outside_a_runtime_the_error_says_so() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::start([json("200 OK", "{}")]));
    let (client, _) = client(&server);
    let mut call = Box::pin(client.execute(&LIST_NOTES, Params::new(), CallOptions::new()));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(error)) = call.as_mut().poll(&mut context) else { panic!("not an error") };
    assert_eq!(error.kind(), ErrorKind::Configuration);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_calls_at_once_all_get_their_own_response() {
    let server = Server::start([json("200 OK", "{}")]).await;
    let (client, _) = client(&server);
    let mut calls = tokio::task::JoinSet::new();
    for index in 0..64 {
        let client = client.clone();
        calls.spawn(async move {
            let params = Params::new().with("noteId", &format!("note{index}"));
            client.execute(&GET_NOTE, params, CallOptions::new()).await
        });
    }
    for result in calls.join_all().await {
        result.unwrap();
    }
    let mut lines = server.lines();
    lines.sort();
    lines.dedup();
    assert_eq!(lines.len(), 64);
}

#[tokio::test]
async fn a_proxy_sees_the_whole_address_and_its_own_password() {
    let proxy = Server::start([json("200 OK", "{}")]).await;
    let client = Client::builder()
        .endpoint("http://appwrite.invalid/v1")
        .proxy(format!("http://user:hunter2@{}", proxy.address()))
        .build()
        .unwrap();
    client.execute(&LIST_NOTES, Params::new(), CallOptions::new()).await.unwrap();
    let request = proxy.requests().remove(0);
    assert!(request.starts_with("GET http://appwrite.invalid/v1/notes HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("\r\nproxy-authorization: Basic dXNlcjpodW50ZXIy\r\n"), "{request}");
}
