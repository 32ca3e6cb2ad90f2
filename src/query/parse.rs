//! From text to [`Query`]: first the terms and values as they are written, then what each means.

use std::fmt;
use std::ops::Range;

use winnow::ascii::{multispace0, multispace1};
use winnow::combinator::{alt, cut_err, delimited, opt, preceded, repeat, separated, terminated};
use winnow::error::{ContextError, ErrMode};
use winnow::prelude::*;
use winnow::stream::LocatingSlice;
use winnow::token::{any, none_of, take_while};

use super::{Bound, Field, Periods, Query, Term, Value, vocabulary};
use crate::model::EventType;
use crate::words::Words;

/// What is wrong with a query. Its `Display` says so in English.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.told(Words::default(), str::to_owned))]
pub struct QueryError {
    /// The bytes at fault.
    pub span: Range<usize>,
    /// The first character at fault, counted from 1.
    pub column: usize,
    /// What is wrong with them.
    pub fault: Fault,
}

/// What can be wrong, with what is written in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no such field.
    Field(String),
    /// A quotation begins and does not end.
    Unclosed,
    /// Nothing that begins so is expected.
    Unexpected(char),
    /// A value is missing.
    Missing,
    /// This is no value of the field.
    Value(Field, String),
}

impl QueryError {
    /// What is wrong and where, in the language of `words`; what stands in the query itself goes through
    /// `quote`.
    pub fn told(&self, words: Words, quote: impl Fn(&str) -> String) -> String {
        let fault = match &self.fault {
            Fault::Field(name) => {
                let fields: Vec<&str> = vocabulary::fields_in(words.lang()).collect();
                let fields = quote(&fields.join(words.get("sign.comma")));
                words.fill("query.field", &[("name", &quote(name)), ("fields", &fields)])
            }
            Fault::Unclosed => words.get("query.unclosed").to_owned(),
            Fault::Unexpected(c) => words.fill("query.unexpected", &[("c", &quote(&c.to_string()))]),
            Fault::Missing => words.get("query.missing").to_owned(),
            Fault::Value(field, text) => {
                let name = match field {
                    Field::Date => "query.date",
                    Field::Type => "query.type",
                    Field::Status => "query.status",
                    Field::Verdict => "query.verdict",
                    Field::Confidence => "query.confidence",
                    _ => "query.word",
                };
                words.fill(name, &[("text", &quote(text))])
            }
        };
        words.fill("query.at", &[("column", &self.column), ("fault", &fault)])
    }
}

type Stream<'a> = LocatingSlice<&'a str>;

/// A term as written.
struct Raw<'a> {
    negated: bool,
    field: Option<Piece<'a>>,
    values: Vec<Piece<'a>>,
}

/// A word or quotation, and where it stands.
struct Piece<'a> {
    text: std::borrow::Cow<'a, str>,
    span: Range<usize>,
    quoted: bool,
}

/// Pairs of quotation marks.
const QUOTES: [(char, char); 3] = [('"', '"'), ('“', '”'), ('«', '»')];

fn ends_word(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, ',' | '،')
        || QUOTES.iter().any(|(open, close)| c == *open || c == *close)
}

/// Whether words can stand without quotation marks.
pub(super) fn bare(words: &str) -> bool {
    !words.is_empty()
        && !words.starts_with(['!', '-', '<', '>'])
        && !words.contains(|c: char| ends_word(c) || c == ':' || c == '\\')
        && !words.contains("..")
        && !vocabulary::is_none(words)
}

/// Reads a query.
pub(super) fn query(text: &str) -> Result<Query, QueryError> {
    let fail = |span: Range<usize>, fault: Fault| {
        let column = text.get(..span.start).map_or(0, |before| before.chars().count()) + 1;
        QueryError { span, column, fault }
    };
    let raw = terms.parse(LocatingSlice::new(text)).map_err(|error| {
        let at = error.offset();
        let rest = text.get(at..).unwrap_or_default();
        let fault = match rest.chars().next() {
            Some(c) if QUOTES.iter().any(|(open, _)| *open == c) => Fault::Unclosed,
            Some(c) => Fault::Unexpected(c),
            None => Fault::Missing,
        };
        fail(at..text.len().max(at), fault)
    })?;
    let mut query = Query::default();
    for term in raw {
        query.terms.push(meaning(&term).map_err(|(span, fault)| fail(span, fault))?);
    }
    Ok(query)
}

fn terms<'a>(input: &mut Stream<'a>) -> ModalResult<Vec<Raw<'a>>> {
    delimited(multispace0, separated(0.., term, multispace1), multispace0).parse_next(input)
}

fn term<'a>(input: &mut Stream<'a>) -> ModalResult<Raw<'a>> {
    let negated = opt(alt(('!', '-'))).parse_next(input)?.is_some();
    let field = opt(terminated(name, ':')).parse_next(input)?;
    if field.is_none() {
        let words = if negated { cut_err(value).parse_next(input)? } else { value.parse_next(input)? };
        return Ok(Raw { negated, field, values: vec![words] });
    }
    let inside = opt('!').parse_next(input)?.is_some();
    let comma = (multispace0, alt((',', '،')), multispace0);
    let values = cut_err(separated(1.., value, comma)).parse_next(input)?;
    Ok(Raw { negated: negated != inside, field, values })
}

fn name<'a>(input: &mut Stream<'a>) -> ModalResult<Piece<'a>> {
    take_while(1.., |c: char| c != ':' && !ends_word(c))
        .with_span()
        .map(|(text, span): (&str, _)| Piece { text: text.into(), span, quoted: false })
        .parse_next(input)
}

fn value<'a>(input: &mut Stream<'a>) -> ModalResult<Piece<'a>> {
    alt((quotation, word)).parse_next(input)
}

fn word<'a>(input: &mut Stream<'a>) -> ModalResult<Piece<'a>> {
    take_while(1.., |c: char| !ends_word(c))
        .with_span()
        .map(|(text, span): (&str, _)| Piece { text: text.into(), span, quoted: false })
        .parse_next(input)
}

fn quotation<'a>(input: &mut Stream<'a>) -> ModalResult<Piece<'a>> {
    for (open, close) in QUOTES {
        let inner = repeat(0.., alt((preceded('\\', any), none_of([close, '\\'])))).fold(
            String::new,
            |mut text: String, c: char| {
                text.push(c);
                text
            },
        );
        if let Some((text, span)) = opt(delimited(open, inner, close).with_span()).parse_next(input)? {
            return Ok(Piece { text: text.into(), span, quoted: true });
        }
    }
    Err(ErrMode::Backtrack(ContextError::new()))
}

/// A fault and where it stands.
type Located = (Range<usize>, Fault);

fn meaning(raw: &Raw<'_>) -> Result<Term, Located> {
    let field = match &raw.field {
        None => Field::Text,
        Some(name) => vocabulary::field(&name.text)
            .ok_or_else(|| (name.span.clone(), Fault::Field(name.text.clone().into_owned())))?,
    };
    let values = raw.values.iter().map(|piece| self::of(field, piece)).collect::<Result<_, _>>()?;
    Ok(Term { field, negated: raw.negated, values })
}

fn of(field: Field, piece: &Piece<'_>) -> Result<Value, Located> {
    let text = piece.text.trim();
    let none = !piece.quoted && vocabulary::is_none(text);
    let value = match field {
        Field::Actor | Field::Source | Field::Target | Field::Place | Field::Verdict | Field::Date
            if none =>
        {
            Some(Value::None)
        }
        Field::Text
        | Field::Document
        | Field::Id
        | Field::Actor
        | Field::Source
        | Field::Target
        | Field::Place => Some(Value::Words(text.to_owned())).filter(|_| !text.is_empty()),
        Field::Date => periods(text).map(Value::Periods),
        Field::Type => EventType::parse(text).map(Value::Type),
        Field::Status => vocabulary::status(text).map(Value::Status),
        Field::Verdict => vocabulary::verdict(text).map(Value::Verdict),
        Field::Confidence => confidence(text),
    };
    value.ok_or_else(|| (piece.span.clone(), Fault::Value(field, text.to_owned())))
}

/// A comparison or range as its two ends, each with whether the end itself is left out.
type Ends<'a> = [Option<(&'a str, bool)>; 2];

fn ends(text: &str) -> Ends<'_> {
    let end = |text| Some((text, false));
    if let Some(rest) = text.strip_prefix(">=") {
        return [end(rest), None];
    }
    if let Some(rest) = text.strip_prefix("<=") {
        return [None, end(rest)];
    }
    if let Some(rest) = text.strip_prefix('>') {
        return [Some((rest, true)), None];
    }
    if let Some(rest) = text.strip_prefix('<') {
        return [None, Some((rest, true))];
    }
    match text.split_once("..") {
        Some((from, to)) => [end(from).filter(|e| !e.0.is_empty()), end(to).filter(|e| !e.0.is_empty())],
        None => [end(text), end(text)],
    }
}

fn periods(text: &str) -> Option<Periods> {
    let [from, to] = ends(text);
    let bound = |end: Option<(&str, bool)>, later: bool| match end {
        None => Some(None),
        Some((text, false)) => Some(Some(Bound::parse(text)?)),
        Some((text, true)) => Some(Some(Bound::parse(text)?.neighbour(later)?)),
    };
    Periods::new(bound(from, true)?, bound(to, false)?)
}

fn confidence(text: &str) -> Option<Value> {
    let [from, to] = ends(text);
    let number = |end: Option<(&str, bool)>, open: u8, step: i16| {
        let Some((text, without)) = end else { return Some(open) };
        let value: f32 = crate::text::fold::fold_phrase(text).parse().ok()?;
        let hundredths = (0.0..=1.0).contains(&value).then(|| (value * 100.0).round() as i16)?;
        u8::try_from(if without { hundredths + step } else { hundredths }).ok()
    };
    let (from, to) = (number(from, 0, 1)?, number(to, 100, -1)?);
    (from <= to && to <= 100).then_some(Value::Hundredths(from, to))
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    fn canonical(text: &str) -> String {
        query(text).unwrap_or_else(|e| panic!("{text}: {e}")).to_string()
    }

    #[test]
    fn what_is_written_in_many_ways_is_kept_in_one() {
        for (text, expected) in [
            ("", ""),
            ("  ", ""),
            (
                "actor:lavrov year:2022..2025 type:REJECT \"القرم\"",
                "actor:lavrov year:2022..2025 type:REJECT \"القرم\"",
            ),
            ("القرم", "\"القرم\""),
            ("-القرم", "!\"القرم\""),
            ("who:لافروف,بوتين", "actor:لافروف,بوتين"),
            ("فاعل:لافروف، بوتين", "actor:لافروف,بوتين"),
            ("actor:!syria", "!actor:syria"),
            ("!actor:!syria", "actor:syria"),
            ("type:reject, accuse", "type:REJECT,ACCUSE"),
            ("year:>=2022", "year:2022.."),
            ("year:>2022", "year:2023.."),
            ("date:<2022-03", "date:..2022-02"),
            ("سنة:٢٠٢٢", "year:2022"),
            ("year:2022-03", "date:2022-03"),
            ("date:none", "year:none"),
            ("confidence:<0.5", "confidence:0.00..0.49"),
            ("confidence:0.9", "confidence:0.90"),
            ("confidence:>=.9", "confidence:>=0.90"),
            ("place:\"new york\"", "place:\"new york\""),
            ("place:«نيويورك»", "place:نيويورك"),
            ("\"a \\\"b\\\" c\"", "\"a \\\"b\\\" c\""),
            ("place:\"none\"", "place:\"none\""),
            ("verdict:accepted,none status:denied", "verdict:accept,none status:denied"),
        ] {
            assert_eq!(canonical(text), expected, "{text}");
            assert_eq!(canonical(expected), expected, "written and read again");
        }
    }

    #[test]
    fn a_fault_says_where_it_is() {
        for (text, column, begins) in [
            ("actor:lavrov yaer:2022", 14, "there is no field `yaer`"),
            ("year:20222", 6, "`20222` is no date"),
            ("date:2025..2022", 6, "`2025..2022` is no date"),
            ("type:reject,fly", 13, "`fly` is none of the sixteen"),
            ("سنة:شهر", 5, "`شهر` is no date"),
            ("status:maybe", 8, "`maybe` is no status"),
            ("confidence:2", 12, "`2` is no confidence"),
            ("actor:lavrov \"القرم", 14, "the quotation is not closed"),
            ("actor:\"lav", 7, "the quotation is not closed"),
            ("actor:", 7, "a value is missing"),
            ("actor:,x", 7, "nothing is expected to begin with `,`"),
            ("!", 2, "a value is missing"),
        ] {
            let error = query(text).expect_err(text);
            let told = error.to_string();
            assert!(told.starts_with(&format!("character {column}: {begins}")), "{text}: {error}");
            assert_eq!(error.column, column, "{text}: {error}");
            assert!(error.span.end <= text.len() && text.get(error.span.clone()).is_some(), "{text}");
        }
    }

    #[test]
    fn faults_name_the_fields_in_the_language_of_the_interface() {
        let error = query("فاعلل:لافروف").expect_err("no field");
        let told = error.told(Words::new(Lang::Ar), str::to_owned);
        assert!(told.contains("والحقول: فاعل، مصدر، هدف، مكان،"), "{told}");
        assert!(!told.contains(|c: char| c.is_ascii_alphabetic()), "{told}");
        let told = error.told(Words::new(Lang::En), str::to_owned);
        assert!(told.contains("but actor, source, target, place, "), "{told}");
    }

    proptest::proptest! {
        /// Whatever is typed, reading it does not fall over, and what is read is written so that it
        /// reads as the same.
        #[test]
        fn whatever_is_typed(text in "[a-z:!,.\"\\\\<>=0-9 \u{623}-\u{64A}«»-]{0,24}") {
            if let Ok(read) = query(&text) {
                proptest::prop_assert_eq!(query(&read.to_string()), Ok(read));
            }
        }
    }
}
