//! What was typed into the query line and the search line, kept across sessions beside the session of
//! the corpus. A line of JSON for each, added as it is entered, so that several programs may write to
//! the file at once.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Of each kind so many are kept.
pub const KEPT: usize = 200;
/// From this many bytes on the file is written anew with what is kept.
const LONG: usize = 64 * 1024;

/// Something that was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Typed {
    /// A query.
    Query(String),
    /// What to search for in the texts.
    Search(String),
}

/// The file.
#[derive(Clone, Debug)]
pub struct History {
    path: PathBuf,
}

impl History {
    /// The history in the file at `path`, which need not exist.
    pub const fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// What was entered, the last at the end, each once. What cannot be read is left out.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn load(&self) -> io::Result<Vec<Typed>> {
        let mut file = match OpenOptions::new().read(true).write(true).open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            file => file?,
        };
        file.lock()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        let all = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let kept = kept(all);
        if bytes.len() > LONG {
            let mut lines = Vec::new();
            for typed in &kept {
                line(typed, &mut lines)?;
            }
            file.rewind()?;
            file.write_all(&lines)?;
            file.set_len(lines.len() as u64)?;
        }
        Ok(kept)
    }

    /// Adds what was entered now.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn add(&self, typed: &Typed) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = File::options().create(true).append(true).open(&self.path)?;
        file.lock()?;
        let mut bytes = Vec::new();
        line(typed, &mut bytes)?;
        file.write_all(&bytes)
    }
}

fn line(typed: &Typed, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, typed)?;
    out.push(b'\n');
    Ok(())
}

/// The last of each kind, each once.
fn kept(all: Vec<Typed>) -> Vec<Typed> {
    let mut kept: Vec<Typed> = Vec::new();
    for typed in all.into_iter().rev() {
        let of_its_kind =
            kept.iter().filter(|k| std::mem::discriminant(*k) == std::mem::discriminant(&typed)).count();
        if of_its_kind < KEPT && !kept.contains(&typed) {
            kept.push(typed);
        }
    }
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(n: usize) -> Typed {
        Typed::Query(format!("year:{n} \"\u{623}\""))
    }

    #[test]
    fn the_last_ones_are_kept_each_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let history = History::new(folder.path().join("state/x.history"));
        assert_eq!(history.load().expect("nothing"), []);
        for n in 0..3000 {
            history.add(&query(n % 500)).expect("it is added");
        }
        history.add(&Typed::Search("القدس\n".into())).expect("it is added");
        let all = history.load().expect("it is read");
        assert_eq!(all.len(), KEPT + 1);
        assert_eq!(all[KEPT - 1], query(499));
        let short = std::fs::metadata(&history.path).expect("a file").len();
        assert!(short < LONG as u64, "{short}");
        assert_eq!(history.load().expect("it is read again"), all);
        std::fs::write(&history.path, b"{\"query\":\n\xff\nno\n{\"search\":\"x\"}\n").expect("a file");
        assert_eq!(history.load().expect("what can be"), [Typed::Search("x".into())]);
    }

    #[test]
    fn several_write_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let history = History::new(folder.path().join("x.history"));
        // So long that it is written anew while others add to it.
        for n in 0..LONG / 20 {
            history.add(&query(n)).expect("it is added");
        }
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let history = history.clone();
                scope.spawn(move || {
                    for n in 0..40 {
                        history.add(&Typed::Search(format!("{writer} {n}"))).expect("it is added");
                        history.load().expect("it is read");
                    }
                });
            }
        });
        let all = history.load().expect("it is read");
        let searches = all.iter().filter(|typed| matches!(typed, Typed::Search(_))).count();
        assert_eq!(searches, 160, "none is lost");
    }
}
