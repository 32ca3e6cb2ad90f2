//! The line in which a query is typed, with what could come next and with the queries of before.

use super::input::Input;
use super::panel::Panel;
use crate::query::{Completion, Query, QueryError};

/// The state of the line.
#[derive(Clone, Debug, Default)]
pub struct QueryLine {
    /// What is typed.
    pub input: Input,
    /// What is wrong with it, or how many events it lets through.
    pub said: Option<Result<u64, QueryError>>,
    /// What may stand at the cursor; which of it stands there now. Until it is found out anew it is that
    /// of before.
    completion: (Completion, Option<usize>),
    /// Whether that, and how many events the query lets through, is still to be found out.
    pub(super) unoffered: bool,
    pub(super) uncounted: bool,
    /// The values of the facet that is being typed of, as they were looked up.
    pub(super) values: Option<Panel>,
    recall: Recall,
}

/// Going back to what was typed in lines of before.
#[derive(Clone, Debug, Default)]
pub struct Recall {
    /// Which of them is shown, counted from the end; 0 for what was typed itself.
    back: usize,
    /// What was typed before one of them was shown.
    typed: String,
}

impl Recall {
    /// Shows the line before the one shown, or the one after it; whether there is one.
    pub fn turn(&mut self, input: &mut Input, history: &[String], earlier: bool) -> bool {
        let back = if earlier { self.back + 1 } else { self.back.saturating_sub(1) };
        if back > history.len() || back == self.back {
            return false;
        }
        if self.back == 0 {
            input.text().clone_into(&mut self.typed);
        }
        let text = if back == 0 { &self.typed } else { &history[history.len() - back] };
        *input = Input::new(text.clone());
        self.back = back;
        true
    }
}

impl QueryLine {
    /// A line that holds `query` already, so that it can be changed.
    pub fn new(query: &Query) -> Self {
        let mut text = query.to_string();
        if !text.is_empty() {
            text.push(' ');
        }
        Self { input: Input::new(text), unoffered: true, ..Self::default() }
    }

    /// After a change by hand: what could come next is another.
    pub fn changed(&mut self) {
        self.completion.1 = None;
        self.unoffered = true;
        self.recall = Recall::default();
    }

    /// What may stand at the cursor, and the place of what was put there, if something was.
    pub fn candidates(&self) -> (&[String], Option<usize>) {
        (&self.completion.0.candidates, self.completion.1)
    }

    /// Takes what may stand at the cursor.
    pub fn offer(&mut self, completion: Completion) {
        self.completion = (completion, None);
        self.unoffered = false;
    }

    /// Puts the next of what may stand at the cursor there, or the one before.
    pub fn complete(&mut self, forward: bool) {
        let (completion, at) = &mut self.completion;
        let count = completion.candidates.len();
        if count == 0 {
            return;
        }
        let next = match (*at, forward) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        *at = Some(next);
        let word = completion.candidates[next].clone();
        self.input.replace(completion.start, &word);
    }

    /// Shows the query before the one shown, or the one after it.
    pub fn recall(&mut self, history: &[String], earlier: bool) {
        if self.recall.turn(&mut self.input, history, earlier) {
            self.completion.1 = None;
            self.unoffered = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completion_goes_round_and_history_comes_back() {
        let mut line = QueryLine::new(&Query::default());
        line.input.insert("type:re");
        line.offer(Completion { start: 5, candidates: vec!["REJECT".into(), "REQUEST".into()] });
        for expected in ["type:REJECT", "type:REQUEST", "type:REJECT"] {
            line.complete(true);
            assert_eq!(line.input.text(), expected);
        }
        line.complete(false);
        assert_eq!((line.input.text(), line.candidates().1), ("type:REQUEST", Some(1)));
        let history = ["one".to_owned(), "two".to_owned()];
        for (earlier, expected) in [
            (true, "two"),
            (true, "one"),
            (true, "one"),
            (false, "two"),
            (false, "type:REQUEST"),
            (false, "type:REQUEST"),
        ] {
            line.recall(&history, earlier);
            assert_eq!(line.input.text(), expected);
        }
    }
}
