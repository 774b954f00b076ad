//! A small HTTP/1.1 client over one kept connection, so that what is measured is the service.
//! Loopback addresses only.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::timeout,
};

/// How long one reply may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A service on this machine.
#[derive(Debug, Clone)]
pub struct Target {
    address: SocketAddr,
    host: String,
}

impl Target {
    /// Reads `http://127.0.0.1:8080`; every host but loopback is refused.
    pub fn parse(url: &str) -> Result<Self, String> {
        let host = url.strip_prefix("http://").ok_or("the address must begin with http://")?;
        let host = host.trim_end_matches('/');
        let (name, port) = host.rsplit_once(':').unwrap_or((host, "80"));
        let port: u16 = port.parse().map_err(|_| format!("{port} is no port"))?;
        let ip: IpAddr = if name == "localhost" {
            Ipv4Addr::LOCALHOST.into()
        } else {
            name.trim_matches(['[', ']']).parse().map_err(|_| format!("{name} is no loopback address"))?
        };
        if !ip.is_loopback() {
            return Err(format!("{ip} is not on this machine; only loopback addresses are loaded"));
        }
        Ok(Self { address: SocketAddr::new(ip, port), host: host.to_owned() })
    }

    /// The origin that a browser would name.
    pub fn origin(&self) -> String {
        format!("http://{}", self.host)
    }
}

/// A reply, read whole.
#[derive(Debug)]
pub struct Reply {
    /// Status code.
    pub status: u16,
    /// Header lines, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// The first header of this (lower case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }
}

/// One connection, opened when needed and again after it broke.
#[derive(Debug)]
pub struct Client {
    target: Target,
    stream: Option<BufReader<TcpStream>>,
}

impl Client {
    /// A client that has not connected yet.
    pub fn new(target: Target) -> Self {
        Self { target, stream: None }
    }

    /// Sends one request and reads the reply. After an error the connection is new.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Reply, String> {
        let length = body.len().to_string();
        let mut lines = vec![[method, " ", path, " HTTP/1.1"].concat(), ["host: ", &self.target.host].concat()];
        lines.extend(headers.iter().map(|(name, value)| [*name, ": ", *value].concat()));
        if method != "GET" {
            lines.push(["content-length: ", &length].concat());
        }
        let mut bytes = [lines.join("\r\n"), "\r\n\r\n".to_owned()].concat().into_bytes();
        bytes.extend_from_slice(body);
        let outcome = match timeout(PATIENCE, self.exchange(&bytes)).await {
            Ok(outcome) => outcome.map_err(|error| error.kind().to_string()),
            Err(_) => Err("no reply within 30 s".to_owned()),
        };
        let ended = match &outcome {
            Ok(reply) => reply.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close")),
            Err(_) => true,
        };
        if ended {
            self.stream = None;
        }
        outcome
    }

    async fn exchange(&mut self, request: &[u8]) -> std::io::Result<Reply> {
        let mut stream = if let Some(stream) = self.stream.take() {
            stream
        } else {
            let stream = TcpStream::connect(self.target.address).await?;
            stream.set_nodelay(true)?;
            BufReader::new(stream)
        };
        stream.write_all(request).await?;
        let reply = read_reply(&mut stream).await?;
        self.stream = Some(stream);
        Ok(reply)
    }
}

async fn read_reply(stream: &mut BufReader<TcpStream>) -> std::io::Result<Reply> {
    let first = line(stream).await?;
    let status = first.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(malformed)?;
    let mut headers = Vec::new();
    loop {
        let text = line(stream).await?;
        if text.is_empty() {
            break;
        }
        let (name, value) = text.split_once(':').ok_or_else(malformed)?;
        headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut reply = Reply { status, headers, body: Vec::new() };
    if reply.header("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked")) {
        loop {
            let size = line(stream).await?;
            let size = usize::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16)
                .map_err(|_| malformed())?;
            let held = reply.body.len();
            reply.body.resize(held + size, 0);
            stream.read_exact(&mut reply.body[held..]).await?;
            line(stream).await?;
            if size == 0 {
                break;
            }
        }
    } else if let Some(length) = reply.header("content-length") {
        let length: usize = length.parse().map_err(|_| malformed())?;
        reply.body.resize(length, 0);
        stream.read_exact(&mut reply.body).await?;
    }
    Ok(reply)
}

async fn line(stream: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut text = String::new();
    if stream.read_line(&mut text).await? == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    Ok(text.trim_end().to_owned())
}

fn malformed() -> std::io::Error {
    std::io::ErrorKind::InvalidData.into()
}
