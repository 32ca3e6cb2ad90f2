//! Where the stores stand when nothing else was said.

use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};

use super::content_hash;

/// The index file of the corpus that `inputs` name: in the user's cache folder, one file for each
/// combination of inputs and working folder. None where the user has no home.
pub fn default_index(inputs: &[PathBuf]) -> Option<PathBuf> {
    let cache = choose_base_strategy().ok()?.cache_dir();
    let here = std::env::current_dir().unwrap_or_default();
    Some(cache.join("waqai").join(index_name(&here, inputs)))
}

fn index_name(here: &Path, inputs: &[PathBuf]) -> String {
    let mut names = format!("{}\n", here.display());
    for input in inputs {
        names.push_str(&input.to_string_lossy());
        names.push('\n');
    }
    format!("index-{}.sqlite", &content_hash(&names)[..16])
}

/// The file in the user's state folder that says where he left off in the corpus that `inputs` name.
/// None where the user has no home or the system no such folder.
pub fn default_session(inputs: &[PathBuf]) -> Option<PathBuf> {
    let base = choose_base_strategy().ok()?;
    let state = base.state_dir().unwrap_or_else(|| base.data_dir());
    let here = std::env::current_dir().unwrap_or_default();
    let name = index_name(&here, inputs).replace("index-", "session-");
    Some(state.join("waqai").join(name).with_extension("json"))
}

/// The verdict log in the user's data folder. None where the user has no home.
pub fn default_reviews() -> Option<PathBuf> {
    Some(choose_base_strategy().ok()?.data_dir().join("waqai").join("reviews.sqlite"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_corpus_has_its_own_index() {
        let name = |here: &str, inputs: &[&str]| {
            index_name(Path::new(here), &inputs.iter().map(PathBuf::from).collect::<Vec<_>>())
        };
        assert_eq!(name("/a", &["x"]), name("/a", &["x"]));
        assert_ne!(name("/a", &["x"]), name("/b", &["x"]));
        assert_ne!(name("/a", &["x"]), name("/a", &["x", "y"]));
    }
}
