//! Rates as token buckets in this process's memory (trust.md 5.4, 5.5). What is counted is a keyed
//! hash of a network (IPv4 /24, IPv6 /56) or of a cookie; the key is random, renewed every 24 hours,
//! and nothing of it is written anywhere.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use actix_web::HttpRequest;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What is limited: at most `.0` at once, `.0` anew in `.1` seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rate {
    /// The start page, per network.
    Front,
    /// Failed codes, per network, by the minute.
    FailedCode,
    /// Failed codes, per network, by the hour.
    FailedCodeHour,
    /// Starts by an open link, per network.
    OpenLink,
    /// Those of them without a proof of work, per network.
    Unproven,
    /// Pages of one draft.
    Page,
    /// Sending of one draft.
    Send,
    /// Failed sign-ins, per name and per network.
    SignIn,
    /// CSP reports, per network.
    Report,
}

impl Rate {
    const fn burst_and_seconds(self) -> (f64, f64) {
        match self {
            Self::Front => (300.0, 60.0),
            Self::FailedCode | Self::SignIn => (5.0, 60.0),
            Self::FailedCodeHour => (30.0, 3_600.0),
            Self::Page | Self::OpenLink => (60.0, 60.0),
            Self::Unproven => (10.0, 3_600.0),
            Self::Send => (10.0, 60.0),
            Self::Report => (20.0, 60.0),
        }
    }
}

/// What a wrong code counts for.
const CODES: [Rate; 2] = [Rate::FailedCodeHour, Rate::FailedCode];

const MOST_ENTRIES: usize = 100_000;
/// A little less than the hour that residents are told of, for the memory is cleared every minute.
const IDLE: Duration = Duration::from_mins(58);
const KEY_LIFE: Duration = Duration::from_hours(24);

struct Bucket {
    tokens: f64,
    at: Instant,
}

struct Memory {
    key: [u8; 32],
    since: Instant,
    buckets: HashMap<(Rate, [u8; 16]), Bucket>,
}

/// The counters of one process.
pub struct Limits(Mutex<Memory>);

impl Default for Limits {
    fn default() -> Self {
        Self(Mutex::new(Memory::new(Instant::now())))
    }
}

impl Memory {
    fn new(now: Instant) -> Self {
        let mut key = [0_u8; 32];
        // Without randomness the hash is still one-way enough to count by; nothing else rests on it.
        let _ = getrandom::fill(&mut key);
        Self { key, since: now, buckets: HashMap::new() }
    }

    fn tokens(&mut self, rate: Rate, who: &[u8], now: Instant) -> &mut Bucket {
        if now.duration_since(self.since) > KEY_LIFE {
            *self = Self::new(now);
        }
        if self.buckets.len() >= MOST_ENTRIES {
            self.buckets.retain(|_, bucket| now.duration_since(bucket.at) < IDLE);
            if self.buckets.len() >= MOST_ENTRIES {
                self.buckets.clear();
            }
        }
        let mut hashed = [0_u8; 16];
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) {
            mac.update(who);
            hashed.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        }
        let (burst, seconds) = rate.burst_and_seconds();
        let bucket = self.buckets.entry((rate, hashed)).or_insert(Bucket { tokens: burst, at: now });
        let gained = now.duration_since(bucket.at).as_secs_f64() * burst / seconds;
        bucket.tokens = (bucket.tokens + gained).min(burst);
        bucket.at = now;
        bucket
    }
}

/// Whole seconds until the next attempt is allowed.
pub type Wait = u32;

impl Limits {
    /// Counts one attempt of `who`, or says how long to wait.
    ///
    /// # Errors
    /// The seconds to wait; the attempt is not counted then.
    pub fn take(&self, rate: Rate, who: &[u8]) -> Result<(), Wait> {
        self.check(rate, who, 1.0)
    }

    /// Whether another attempt would be allowed, without counting it.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn peek(&self, rate: Rate, who: &[u8]) -> Result<(), Wait> {
        self.check(rate, who, 0.0)
    }

    /// Whether another code may be tried from `network`. Only failures count, so that people who share
    /// a network and type right never wait for each other.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn peek_code(&self, network: &[u8]) -> Result<(), Wait> {
        CODES.into_iter().try_for_each(|rate| self.peek(rate, network))
    }

    /// Counts a code that was wrong. Those that were tried at the same time all count, beyond the limit
    /// too: who owes attempts waits for longer.
    pub fn fail_code(&self, network: &[u8]) {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for rate in CODES {
            let (burst, _) = rate.burst_and_seconds();
            let bucket = memory.tokens(rate, network, Instant::now());
            bucket.tokens = (bucket.tokens - 1.0).max(-burst);
        }
    }

    /// Gives back an attempt that turned out to be none of those that are counted.
    pub fn give_back(&self, rate: Rate, who: &[u8]) {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (burst, _) = rate.burst_and_seconds();
        let bucket = memory.tokens(rate, who, Instant::now());
        bucket.tokens = (bucket.tokens + 1.0).min(burst);
    }

    /// Forgets whoever was not seen for an hour. To be called every now and then: what residents are
    /// told of the time that a network is remembered rests on it.
    pub fn forget(&self) {
        let now = Instant::now();
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        memory.buckets.retain(|_, bucket| now.duration_since(bucket.at) < IDLE);
    }

    fn check(&self, rate: Rate, who: &[u8], cost: f64) -> Result<(), Wait> {
        self.check_at(rate, who, cost, Instant::now())
    }

    fn check_at(&self, rate: Rate, who: &[u8], cost: f64, now: Instant) -> Result<(), Wait> {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = memory.tokens(rate, who, now);
        if bucket.tokens >= 1.0 {
            bucket.tokens -= cost;
            return Ok(());
        }
        let (burst, seconds) = rate.burst_and_seconds();
        let wait = ((1.0 - bucket.tokens) * seconds / burst).ceil();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 3,600")]
        Err(wait.max(1.0) as Wait)
    }
}

/// The network that the request comes from, or nothing to count by. A peer on this machine is a proxy:
/// the last address of its `X-Forwarded-For` counts; without one it is a test or a person at the
/// server. What any other peer claims about itself is ignored.
#[must_use]
pub fn network(request: &HttpRequest, trusted: &[IpAddr]) -> Option<Vec<u8>> {
    let peer = request.peer_addr()?.ip().to_canonical();
    if !peer.is_loopback() && !trusted.contains(&peer) {
        return Some(prefix(peer));
    }
    let header = request.headers().get_all("x-forwarded-for").last()?;
    let address: IpAddr = header.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()?;
    Some(prefix(address.to_canonical()))
}

fn prefix(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(four) => four.octets()[..3].to_vec(),
        IpAddr::V6(six) => Ipv6Addr::octets(&six)[..7].to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn the_sixth_failed_code_of_a_network_waits_and_others_do_not() {
        let (limits, now) = (Limits::default(), Instant::now());
        let spend = |who: &[u8], at| limits.check_at(Rate::FailedCode, who, 1.0, at);
        for _ in 0..5 {
            assert_eq!(spend(b"a", now), Ok(()));
        }
        assert_eq!(spend(b"a", now), Err(12));
        assert_eq!(spend(b"b", now), Ok(()));
        assert_eq!(spend(b"a", now + Duration::from_secs(12)), Ok(()));
        assert_eq!(limits.check_at(Rate::FailedCode, b"c", 0.0, now), Ok(()), "looking costs nothing");
    }

    #[test]
    fn an_attempt_can_be_given_back_and_the_idle_are_forgotten() {
        let limits = Limits::default();
        for _ in 0..100 {
            assert_eq!(limits.take(Rate::SignIn, b"a"), Ok(()));
            limits.give_back(Rate::SignIn, b"a");
        }
        // Many at once: all look first, then all have failed, and the wait is that of all.
        (0..7).for_each(|_| assert_eq!(limits.peek_code(b"b"), Ok(())));
        (0..7).for_each(|_| limits.fail_code(b"b"));
        assert!(limits.peek_code(b"b").is_err_and(|wait| wait > 24));
        let long_ago = Instant::now().checked_sub(IDLE).expect("an instant");
        limits.0.lock().expect("a lock").tokens(Rate::Send, b"c", long_ago);
        assert_eq!(limits.0.lock().expect("a lock").buckets.len(), 4);
        limits.forget();
        assert_eq!(limits.0.lock().expect("a lock").buckets.len(), 3);
    }

    #[test]
    fn the_key_is_renewed_and_the_memory_bounded() {
        let (limits, now) = (Limits::default(), Instant::now());
        let key = limits.0.lock().expect("a lock").key;
        assert_eq!(limits.check_at(Rate::Send, b"a", 1.0, now + KEY_LIFE + Duration::from_secs(1)), Ok(()));
        assert_ne!(limits.0.lock().expect("a lock").key, key);
        let mut memory = Memory::new(now);
        for who in 0..=MOST_ENTRIES {
            memory.tokens(Rate::Front, &who.to_be_bytes(), now);
        }
        assert!(memory.buckets.len() <= MOST_ENTRIES);
    }

    #[test]
    fn a_network_is_counted_and_foreign_claims_are_ignored() {
        let of = |peer: &str, claim: &str| {
            let request = TestRequest::default().peer_addr(peer.parse().expect("an address"));
            network(&request.insert_header(("x-forwarded-for", claim)).to_http_request(), &[])
        };
        assert_eq!(of("192.0.2.7:1", "198.51.100.1"), Some(vec![192, 0, 2]));
        assert_eq!(of("127.0.0.1:1", "203.0.113.9, 198.51.100.1"), Some(vec![198, 51, 100]));
        assert_eq!(of("127.0.0.1:1", "nonsense"), None);
        assert_eq!(of("[2001:db8:1:2::3]:1", ""), Some(vec![0x20, 1, 0x0d, 0xb8, 0, 1, 0]));
        let plain = TestRequest::default().peer_addr("127.0.0.1:1".parse().expect("an address")).to_http_request();
        assert_eq!(network(&plain, &[]), None);
    }
}
