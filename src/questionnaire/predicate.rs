//! Predicates over a sheet: `E1 in {3,4} or (E1 in {5} and E1b in {1})`. They route (`show_if`) and
//! say who is counted (numerator, denominator).
//!
//! `ITEM in {codes}`, `any(A,B) in {codes}`, `all(A,B) in {codes}`, `asked(ITEM)`, `not`, `and`, `or`
//! (in this order of precedence) and parentheses.

use super::missing;

/// A set of codes 0 to 127 as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Codes(u128);

impl Codes {
    /// The set with `code` added; codes above 127 do not exist on a sheet.
    #[must_use]
    pub const fn with(self, code: u8) -> Self {
        if code > 127 { self } else { Self(self.0 | 1 << code) }
    }

    /// Whether `code` is in the set.
    #[must_use]
    pub const fn has(self, code: u8) -> bool {
        code <= 127 && self.0 >> code & 1 == 1
    }
}

/// A parsed predicate; items are positions on the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    /// At least one of the items has a code of the set.
    Any(Vec<usize>, Codes),
    /// Every item has a code of the set.
    All(Vec<usize>, Codes),
    /// The item's code is neither 94 nor 97.
    Asked(usize),
    /// Negation.
    Not(Box<Predicate>),
    /// Both hold.
    And(Box<Predicate>, Box<Predicate>),
    /// At least one holds.
    Or(Box<Predicate>, Box<Predicate>),
}

/// Looks items up while a predicate is parsed.
pub(super) trait Items {
    /// Position of the item `id` on the sheet.
    fn position(&self, id: &str) -> Option<usize>;
    /// Whether the item at `position` can have `code`.
    fn allows(&self, position: usize, code: u8) -> bool;
}

/// Why a text is no predicate: a stable code and what to do.
pub(super) type Refusal = (&'static str, String);

impl Predicate {
    /// Whether the predicate holds for a sheet's item codes, in byte order. An item beyond the
    /// slice counts as not asked.
    #[must_use]
    pub fn holds(&self, codes: &[u8]) -> bool {
        let code = |item: &usize| codes.get(*item).copied().unwrap_or(missing::FILTERED);
        match self {
            Self::Any(items, set) => items.iter().any(|item| set.has(code(item))),
            Self::All(items, set) => items.iter().all(|item| set.has(code(item))),
            Self::Asked(item) => asked(code(item)),
            Self::Not(inner) => !inner.holds(codes),
            Self::And(left, right) => left.holds(codes) && right.holds(codes),
            Self::Or(left, right) => left.holds(codes) || right.holds(codes),
        }
    }

    /// The items that the predicate looks at, each once, ascending.
    #[must_use]
    pub fn items(&self) -> Vec<usize> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found.sort_unstable();
        found.dedup();
        found
    }

    fn collect(&self, found: &mut Vec<usize>) {
        match self {
            Self::Any(items, _) | Self::All(items, _) => found.extend(items),
            Self::Asked(item) => found.push(*item),
            Self::Not(inner) => inner.collect(found),
            Self::And(left, right) | Self::Or(left, right) => {
                left.collect(found);
                right.collect(found);
            }
        }
    }

    pub(super) fn parse(text: &str, items: &dyn Items) -> Result<Self, Refusal> {
        let words = words(text)?;
        if words.len() > LONGEST {
            return Err(syntax(&format!("at most {LONGEST} words and signs, here are {}", words.len())));
        }
        let mut parser = Parser { words: &words, at: 0, items, depth: 0 };
        let predicate = parser.or()?;
        match parser.peek() {
            None => Ok(predicate),
            Some(word) => Err(syntax(&format!("nothing may follow here, but `{word}` does"))),
        }
    }
}

/// Whether an item with `code` was put to the respondent.
#[must_use]
pub(super) const fn asked(code: u8) -> bool {
    code != missing::FILTERED && code != missing::NOT_APPLICABLE
}

fn syntax(detail: &str) -> Refusal {
    ("predicate_syntax", format!("{detail}; write for example `E1 in {{3,4}} and not asked(E1b)`"))
}

fn words(text: &str) -> Result<Vec<String>, Refusal> {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in text.chars() {
        match letter {
            'A'..='Z' | 'a'..='z' | '0'..='9' | '_' => word.push(letter),
            ' ' | '\t' | '\n' | '\r' | '{' | '}' | '(' | ')' | ',' => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                if !letter.is_whitespace() {
                    words.push(letter.to_string());
                }
            }
            other => return Err(syntax(&format!("the sign `{other}` has no meaning"))),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    Ok(words)
}

struct Parser<'a> {
    words: &'a [String],
    at: usize,
    items: &'a dyn Items,
    depth: usize,
}

/// More words than any author writes: a chain of conditions is as deep as it is long.
const LONGEST: usize = 4096;

/// Deeper nesting than any author writes; keeps hostile text from exhausting the stack.
const DEEPEST: usize = 64;

impl Parser<'_> {
    fn peek(&self) -> Option<&str> {
        self.words.get(self.at).map(String::as_str)
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.peek() == Some(word);
        self.at += usize::from(found);
        found
    }

    fn need(&mut self, word: &str) -> Result<(), Refusal> {
        if self.eat(word) {
            return Ok(());
        }
        let found = self.peek().unwrap_or("the end");
        Err(syntax(&format!("`{word}` is missing before `{found}`")))
    }

    fn or(&mut self) -> Result<Predicate, Refusal> {
        let mut left = self.and()?;
        while self.eat("or") {
            left = Predicate::Or(Box::new(left), Box::new(self.and()?));
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Predicate, Refusal> {
        let mut left = self.not()?;
        while self.eat("and") {
            left = Predicate::And(Box::new(left), Box::new(self.not()?));
        }
        Ok(left)
    }

    fn not(&mut self) -> Result<Predicate, Refusal> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(syntax("too deeply nested"));
        }
        let found = if self.eat("not") { Predicate::Not(Box::new(self.not()?)) } else { self.leaf()? };
        self.depth -= 1;
        Ok(found)
    }

    fn leaf(&mut self) -> Result<Predicate, Refusal> {
        if self.eat("(") {
            let inner = self.or()?;
            self.need(")")?;
            return Ok(inner);
        }
        let word = self.peek().ok_or_else(|| syntax("something is missing at the end"))?.to_owned();
        self.at += 1;
        match (word.as_str(), self.peek()) {
            ("asked", Some("(")) => {
                let items = self.list()?;
                match items.as_slice() {
                    [item] => Ok(Predicate::Asked(*item)),
                    _ => Err(syntax("asked() takes one item")),
                }
            }
            ("any", Some("(")) => {
                let items = self.list()?;
                let codes = self.codes(&items)?;
                Ok(Predicate::Any(items, codes))
            }
            ("all", Some("(")) => {
                let items = self.list()?;
                let codes = self.codes(&items)?;
                Ok(Predicate::All(items, codes))
            }
            _ => {
                let items = vec![self.item(&word)?];
                let codes = self.codes(&items)?;
                Ok(Predicate::All(items, codes))
            }
        }
    }

    fn item(&self, id: &str) -> Result<usize, Refusal> {
        self.items
            .position(id)
            .ok_or_else(|| ("item_unknown", format!("no item has the id `{id}`; correct it or add the item")))
    }

    fn list(&mut self) -> Result<Vec<usize>, Refusal> {
        self.need("(")?;
        let mut items = Vec::new();
        loop {
            let word = self.peek().ok_or_else(|| syntax("an item id is missing"))?.to_owned();
            self.at += 1;
            items.push(self.item(&word)?);
            if !self.eat(",") {
                break;
            }
        }
        self.need(")")?;
        Ok(items)
    }

    fn codes(&mut self, items: &[usize]) -> Result<Codes, Refusal> {
        self.need("in")?;
        self.need("{")?;
        let mut codes = Codes::default();
        loop {
            let word = self.peek().ok_or_else(|| syntax("a code is missing"))?.to_owned();
            self.at += 1;
            let code: u8 = word.parse().map_err(|_| syntax(&format!("`{word}` is no code")))?;
            if !items.iter().all(|&item| self.items.allows(item, code)) {
                return Err(("code_unknown", format!("an item here lacks code {code}; use the codes of its scale")));
            }
            codes = codes.with(code);
            if !self.eat(",") {
                break;
            }
        }
        self.need("}")?;
        Ok(codes)
    }
}
