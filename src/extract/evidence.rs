//! Reading the lines of evidence again: which rule gave a field, by which words.
//!
//! A line is `type: CONSULT by زار (perfect)`: the field, the rule, and in brackets what it matched.

use crate::model::EventType;

/// The rule that a line names, with its field, without the words that it matched.
pub fn rule(line: &str) -> &str {
    line.split(" (").next().unwrap_or(line)
}

/// The rule that gave an event its type (`CONSULT by زار`); none of events that were not found by rules.
pub fn type_rule(evidence: &[String]) -> Option<&str> {
    evidence.iter().find_map(|line| line.strip_prefix("type: ")).map(rule)
}

/// The lemma of the trigger that gave an event its type.
pub fn lemma(kind: EventType, evidence: &[String]) -> Option<&str> {
    type_rule(evidence)?.strip_prefix(kind.name())?.strip_prefix(" by ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_its_rule_and_its_lemma() {
        let evidence =
            ["date: date behind the trigger (أمس); deictic", "type: AGREE by توصل إلى اتفاق (noun)"];
        let evidence = evidence.map(str::to_owned);
        assert_eq!(rule(&evidence[0]), "date: date behind the trigger");
        assert_eq!(type_rule(&evidence), Some("AGREE by توصل إلى اتفاق"));
        assert_eq!(lemma(EventType::Agree, &evidence), Some("توصل إلى اتفاق"));
        assert_eq!(lemma(EventType::Aid, &evidence), None);
        assert_eq!(type_rule(&[]), None);
    }
}
