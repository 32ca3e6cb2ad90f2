//! tmux between the program and the terminal: it answers questions for itself, keeps orders that it
//! does not know, and hands on what is wrapped for the terminal around it, where it is allowed to.

use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;

use super::detect::PATIENCE;

/// What tmux says of the terminal around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tmux {
    /// Name and version of that terminal as it told tmux (XTVERSION); empty where it did not.
    pub around: String,
    /// Whether wrapped orders are handed on (`allow-passthrough`).
    pub passthrough: bool,
}

/// Asks the tmux that the environment names, and waits no longer for it than for a terminal.
pub fn ask() -> Option<Tmux> {
    let mut command = Command::new("tmux");
    command.args(["display-message", "-p"]);
    if let Some(pane) = std::env::var_os("TMUX_PANE") {
        command.arg("-t").arg(pane);
    }
    command.arg("#{client_termtype}\n#{allow-passthrough}").stdin(Stdio::null()).stderr(Stdio::null());
    let (sender, answer) = channel();
    thread::spawn(move || drop(sender.send(command.output())));
    let output = answer.recv_timeout(PATIENCE).ok()?.ok().filter(|output| output.status.success())?;
    let said = String::from_utf8_lossy(&output.stdout);
    let mut lines = said.lines();
    let around = lines.next()?.trim().to_owned();
    let passthrough = matches!(lines.next().map(str::trim), Some("1" | "on" | "all"));
    Some(Tmux { around, passthrough })
}

/// `order` as tmux hands it on.
pub fn wrapped(order: &[u8]) -> Vec<u8> {
    let mut out = b"\x1bPtmux;".to_vec();
    for byte in order {
        if *byte == b'\x1b' {
            out.push(b'\x1b');
        }
        out.push(*byte);
    }
    out.extend(b"\x1b\\");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_wrapped_with_its_escapes_doubled() {
        assert_eq!(wrapped(b"\x1b[8l\x1b[1 k"), b"\x1bPtmux;\x1b\x1b[8l\x1b\x1b[1 k\x1b\\");
    }
}
