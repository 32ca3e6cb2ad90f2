//! What the background work reports.

use std::time::{Duration, Instant};

use crate::bidi::{isolated, path_name};
use crate::corpus::{Skipped, one_line};
use crate::tui::app::App;
use crate::tui::worker::Report;

/// How often the list is filled anew while documents are read.
const REFRESH: Duration = Duration::from_secs(1);

/// What was not read, and why, for a line of the interface.
pub(in crate::tui) fn not_read(skipped: &Skipped) -> String {
    format!("{}: {}", path_name(&one_line(&skipped.name)), isolated(&one_line(&skipped.reason)))
}

impl App {
    pub(super) fn report(&mut self, report: Report) {
        match report {
            Report::Text(document) => self.preview(*document),
            Report::Progress(progress) => {
                self.progress = Some(progress);
                if self.refreshed.is_none_or(|at| at.elapsed() >= REFRESH) {
                    self.reload();
                    self.refreshed = Some(Instant::now());
                }
            }
            Report::Done { report, index } => {
                self.progress = None;
                let new = index.is_some() || report.read + report.removed > 0 || self.documents.is_empty();
                if index.is_some() {
                    self.index = index.map(|index| *index);
                }
                let told = report.skipped != self.skipped;
                self.skipped = report.skipped;
                if new {
                    self.reload();
                }
                if report.cancelled {
                    self.say(self.words.get("said.reading-stopped"));
                } else if new && self.read_before {
                    let (read, gone) = (report.read, report.removed);
                    self.say(self.words.fill("said.read-anew", &[("read", &read), ("gone", &gone)]));
                }
                self.read_before = !self.documents.is_empty();
                if told && let Some(first) = self.skipped.first().map(not_read) {
                    let more = self.skipped.len() - 1;
                    let name = if more > 0 { "said.skipped-more" } else { "said.skipped" };
                    self.fault(self.words.fill(name, &[("what", &first), ("n", &more)]));
                }
            }
            Report::Writing { done, of } => {
                if let Some(writing) = &mut self.writing {
                    (writing.done, writing.of) = (done, of);
                }
            }
            Report::Wrote { file, result } => self.wrote(&file, result),
            Report::Failed(why) => self.stopped(why),
            Report::Broken => self.stopped(self.words.get("said.fault")),
        }
    }
    fn stopped(&mut self, why: impl Into<String>) {
        self.progress = None;
        self.reload();
        self.fault(why);
    }
}
