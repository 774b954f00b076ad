//! Answers as JSON: made from the submission's id, so that a repeat sends the same body.

use std::{
    fs,
    io::{BufWriter, Write},
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{
    http::{Client, Reply, Target},
    measure::Tally,
};

/// Items of `lulea-trygghet` 1.0 that every resident is asked, with their numbers of options.
const ASKED: [(&str, u8); 50] = [
    ("A4", 4),
    ("A3a", 5),
    ("A3b", 4),
    ("E1", 5),
    ("E2", 6),
    ("E3", 6),
    ("B01", 4),
    ("B02", 4),
    ("B03", 4),
    ("B04", 4),
    ("B11", 4),
    ("B12", 4),
    ("B13", 4),
    ("B05", 4),
    ("B06", 4),
    ("B07", 4),
    ("B08", 4),
    ("B09", 4),
    ("B10", 4),
    ("D1", 4),
    ("D2", 4),
    ("D3", 4),
    ("D4", 4),
    ("D5", 4),
    ("D6", 4),
    ("D7", 4),
    ("E4", 3),
    ("E5", 4),
    ("E6", 4),
    ("E7", 3),
    ("E8", 4),
    ("C1", 4),
    ("C2", 4),
    ("C3", 4),
    ("C4", 4),
    ("C5", 4),
    ("C6", 4),
    ("C7", 4),
    ("C8", 4),
    ("F1", 5),
    ("F2", 5),
    ("F3", 5),
    ("F4", 2),
    ("F5", 2),
    ("G1", 5),
    ("G2", 5),
    ("G3", 5),
    ("H1", 3),
    ("H2", 4),
    ("H3", 4),
];
/// Crimes against the person, whose place is asked after a yes.
const PLACED: [(&str, &str); 4] = [("C1", "C1p"), ("C2", "C2p"), ("C3", "C3p"), ("C4", "C4p")];
/// All crimes; after any yes it is asked whether the latest was reported.
const CRIMES: [&str; 8] = ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"];

/// A full sheet that the routing allows, drawn from the submission's id.
pub fn sheet(submission: Uuid) -> Map<String, Value> {
    let mut seed = [0_u8; 32];
    seed[..16].copy_from_slice(submission.as_bytes());
    let mut draw = StdRng::from_seed(seed);
    let mut answers = Map::new();
    for (item, options) in ASKED {
        // Most people were not the victim of the crime that they are asked about.
        let spared = CRIMES.contains(&item) && draw.random_range(0..10) < 9;
        let option = if spared { 1 } else { draw.random_range(1..=options) };
        answers.insert(item.to_owned(), option.into());
    }
    let happened = |item: &str, answers: &Map<String, Value>| {
        answers.get(item).and_then(Value::as_u64).is_some_and(|code| code > 1)
    };
    if answers.get("E1").and_then(Value::as_u64) == Some(5) {
        answers.insert("E1b".to_owned(), draw.random_range(1..=2).into());
    }
    for (crime, place) in PLACED {
        if happened(crime, &answers) {
            answers.insert(place.to_owned(), draw.random_range(1..=7).into());
        }
    }
    if CRIMES.iter().any(|crime| happened(crime, &answers)) {
        answers.insert("C9".to_owned(), draw.random_range(1..=2).into());
    }
    answers
}

/// Codes, each handed out once.
#[derive(Debug)]
pub struct Codes {
    codes: Vec<String>,
    next: AtomicUsize,
}

impl Codes {
    /// All of `codes`, none taken.
    pub fn new(codes: Vec<String>) -> Self {
        Self { codes, next: AtomicUsize::new(0) }
    }

    /// The next code that nobody took.
    pub fn take(&self) -> Option<&str> {
        self.codes.get(self.next.fetch_add(1, Ordering::Relaxed)).map(String::as_str)
    }
}

/// What the senders share.
#[derive(Debug)]
pub struct Job {
    target: Target,
    path: String,
    codes: Codes,
    deadline: Instant,
    persist: bool,
    /// When sending began.
    pub began: Instant,
}

impl Job {
    /// A run against `url` until `deadline` or the end of the codes.
    pub fn new(url: &str, round: &str, codes: Vec<String>, deadline: Instant, persist: bool) -> Result<Self, String> {
        Ok(Self {
            target: Target::parse(url)?,
            path: path_of(round),
            codes: Codes::new(codes),
            deadline,
            persist,
            began: Instant::now(),
        })
    }
}

/// One submission and what the service said.
#[derive(Debug, Clone)]
pub struct Sent {
    submission: Uuid,
    code: String,
    receipt: String,
}

/// One sender: a submission a code, the next one when the last was answered.
pub async fn send_until_done(job: std::sync::Arc<Job>) -> (Tally, Vec<Sent>) {
    let (mut tally, mut sent) = (Tally::new("answers", 1), Vec::new());
    let mut client = Client::new(job.target.clone());
    let mut ids = rand::make_rng::<StdRng>();
    while Instant::now() < job.deadline {
        let Some(code) = job.codes.take() else { break };
        let submission = uuid::Builder::from_random_bytes(ids.random()).into_uuid();
        let body = body(submission, code);
        loop {
            let began = Instant::now();
            match post(&mut client, &job.path, &body).await {
                Ok(reply) if reply.status == 201 => {
                    tally.add(began.elapsed());
                    let receipt = receipt(&reply);
                    sent.push(Sent { submission, code: code.to_owned(), receipt });
                    break;
                }
                Ok(reply) if reply.status == 503 => tally.refuse("503".to_owned()),
                Ok(reply) => {
                    tally.refuse(format!("{} {}", reply.status, problem(&reply)));
                    break;
                }
                Err(lost) => tally.refuse(lost),
            }
            if !job.persist || Instant::now() >= job.deadline {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    (tally, sent)
}

/// Sends every known submission again; the lines of those that got another reply.
pub async fn replay(url: &str, round: &str, known: &[Sent]) -> Result<Vec<String>, String> {
    let mut client = Client::new(Target::parse(url)?);
    let path = path_of(round);
    let mut differing = Vec::new();
    for sent in known {
        let reply = post(&mut client, &path, &body(sent.submission, &sent.code)).await?;
        if reply.status != 201 || receipt(&reply) != sent.receipt {
            differing.push(format!(
                "{}: {} {} instead of 201 {}",
                sent.submission,
                reply.status,
                String::from_utf8_lossy(&reply.body),
                sent.receipt
            ));
        }
    }
    Ok(differing)
}

fn path_of(round: &str) -> String {
    format!("/api/rounds/{round}/answers")
}

fn body(submission: Uuid, code: &str) -> Vec<u8> {
    json!({
        "submission_id": submission, "code": code, "language": "sv", "answers": sheet(submission),
    })
    .to_string()
    .into_bytes()
}

async fn post(client: &mut Client, path: &str, body: &[u8]) -> Result<Reply, String> {
    client.send("POST", path, &[("content-type", "application/json")], body).await
}

fn field(reply: &Reply, name: &str) -> Option<String> {
    let value: Value = serde_json::from_slice(&reply.body).ok()?;
    value.get(name)?.as_str().map(str::to_owned)
}

fn receipt(reply: &Reply) -> String {
    field(reply, "receipt").unwrap_or_default()
}

fn problem(reply: &Reply) -> String {
    field(reply, "type").or_else(|| field(reply, "code")).unwrap_or_default()
}

/// Appends one line a submission.
pub fn append(file: &Path, sent: &[Sent]) -> std::io::Result<()> {
    let mut out = BufWriter::new(fs::OpenOptions::new().create(true).append(true).open(file)?);
    for line in sent {
        writeln!(out, "{},{},{}", line.submission, line.code, line.receipt)?;
    }
    out.flush()
}

/// Reads what [`append`] wrote.
pub fn read(file: &Path) -> Result<Vec<Sent>, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    text.lines()
        .map(|line| {
            let mut parts = line.split(',');
            let submission = parts.next().and_then(|id| id.parse().ok());
            match (submission, parts.next(), parts.next()) {
                (Some(submission), Some(code), Some(receipt)) => {
                    Ok(Sent { submission, code: code.to_owned(), receipt: receipt.to_owned() })
                }
                _ => Err(format!("{}: malformed line {line}", file.display())),
            }
        })
        .collect()
}
