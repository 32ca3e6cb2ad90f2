//! From what a terminal answered to the way in which Arabic is brought to it.
//!
//! Answers beat environment variables, which leak from one terminal into those that are started in
//! it. The families and what each needs were measured in the terminals themselves
//! (`tests/terminals`).

use crate::bidi::Harakat;

use super::detect::Answers;
use super::mode::Mode;
use super::tmux::{self, Tmux};

/// A kind of terminal whose older versions do not always say their name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `VTE_VERSION` is set.
    Vte,
    /// `MLTERM` is set.
    Mlterm,
}

/// What the process knows of its terminal without asking it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// `TMUX` is set.
    pub tmux: bool,
    /// `STY` is set: GNU Screen.
    pub screen: bool,
    /// The kind of terminal that has left its variable.
    pub kind: Option<Kind>,
    /// What tmux says of the terminal around it, where it runs and could be asked.
    pub around: Option<Tmux>,
}

impl Environment {
    /// As the process has it; tmux is asked where its variable is set.
    pub fn read() -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let tmux = set("TMUX");
        let around = if tmux { tmux::ask() } else { None };
        let kinds = [("VTE_VERSION", Kind::Vte), ("MLTERM", Kind::Mlterm)];
        let kind = kinds.into_iter().find_map(|(name, kind)| set(name).then_some(kind));
        Self { tmux, screen: set("STY"), kind, around }
    }
}

/// The way for a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// The mode.
    pub mode: Mode,
    /// Whether tmux stands between and hands orders on.
    pub through: bool,
    /// What becomes of marks on letters unless the user says.
    pub harakat: Harakat,
    /// Why.
    pub why: &'static str,
    /// What only the user of the terminal can do, as a name in the table of words.
    pub hint: Option<&'static str>,
}

impl Decision {
    const fn of(mode: Mode, why: &'static str) -> Self {
        Self { mode, through: false, harakat: Harakat::Keep, why, hint: None }
    }

    const fn hinting(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }
}

/// The way for the terminal that gave these answers.
pub fn decide(answers: &Answers, environment: &Environment) -> Decision {
    let name = answers.version.as_deref().unwrap_or("").to_ascii_lowercase();
    if name.starts_with("tmux") || (name.is_empty() && environment.tmux) {
        return behind_tmux(environment);
    }
    if name.is_empty() && environment.screen {
        return if environment.kind == Some(Kind::Vte) {
            Decision::of(Mode::Lrm, "GNU Screen, by STY, in a VTE, by VTE_VERSION")
        } else {
            Decision::of(Mode::Visual, "GNU Screen, by STY").hinting("terminal.far")
        };
    }
    if matches!(answers.bdsm, Some(1..=4)) {
        return Decision::of(Mode::Explicit, "it knows mode 8");
    }
    if let Some(decision) = by_name(&name) {
        return decision;
    }
    let secondary = answers.secondary.as_deref().unwrap_or("");
    match secondary {
        "0;136;0" => {
            return Decision::of(Mode::Visual, "PuTTY, by its attributes").hinting("terminal.putty");
        }
        "0;115;0" => {
            return Decision::of(Mode::Visual, "qterminal, by its attributes").hinting("terminal.rendering");
        }
        // mlterm before 3.9.1 has no XTVERSION.
        _ if secondary.starts_with("24;279;") => {
            return Decision::of(Mode::Mlterm, "mlterm, by its attributes");
        }
        _ if is_alacritty(secondary) => {
            let decision = Decision::of(Mode::Visual, "alacritty, by its attributes; it shifts marks");
            return Decision { harakat: Harakat::Strip, ..decision };
        }
        _ => {}
    }
    if answers.primary.is_none() && environment.kind == Some(Kind::Vte) {
        return Decision::of(Mode::Explicit, "no answer; a VTE, by VTE_VERSION");
    }
    Decision::of(
        Mode::Visual,
        if answers.primary.is_some() {
            "by its answers it leaves cells where they are put"
        } else {
            "no answer"
        },
    )
}

/// The way for a terminal that says its name, where that is enough.
fn by_name(name: &str) -> Option<Decision> {
    if name.starts_with("konsole") {
        return Some(Decision::of(Mode::Konsole, "Konsole, by its name"));
    }
    if name.starts_with("mlterm") {
        return Some(Decision::of(Mode::Mlterm, "mlterm, by its name"));
    }
    if name.starts_with("vte") {
        return Some(Decision::of(Mode::Explicit, "a VTE, by its name"));
    }
    if name.starts_with("foot") {
        let decision = Decision::of(Mode::Visual, "foot, by its name; it loses marks");
        return Some(Decision { harakat: Harakat::Strip, ..decision });
    }
    let version = name.strip_prefix("kitty")?;
    let mut numbers = version.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<u32>().ok());
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    Some(if version >= (0, 40) {
        Decision::of(Mode::Kitty, "kitty from 0.40 on, by its name")
    } else {
        Decision::of(Mode::Visual, "kitty before 0.40, by its name").hinting("terminal.kitty")
    })
}

/// Alacritty counts its version as one number: 0.11.0 is 1100. Others that begin with 0 end otherwise.
fn is_alacritty(secondary: &str) -> bool {
    let mut fields = secondary.split(';');
    let version = |field: &str| field.len() >= 3 && field.bytes().all(|b| b.is_ascii_digit());
    (fields.next(), fields.next().is_some_and(version), fields.next(), fields.next())
        == (Some("0"), true, Some("1"), None)
}

/// The way behind tmux, which answers for itself: the terminal around it decides, and whether orders
/// can be handed to it.
fn behind_tmux(environment: &Environment) -> Decision {
    let Some(Tmux { around, passthrough }) = &environment.around else {
        return if environment.kind == Some(Kind::Vte) {
            Decision::of(Mode::Lrm, "tmux in a VTE, by VTE_VERSION")
        } else {
            Decision::of(Mode::Visual, "tmux, which cannot be asked what is around it")
                .hinting("terminal.far")
        };
    };
    // Older VTEs and mlterms tell tmux no name. Those into which their variables may have leaked, and
    // that could be harmed by what is right for them, all have one.
    let outer = match around.as_str() {
        "" if environment.kind == Some(Kind::Vte) => by_name("vte"),
        "" if environment.kind == Some(Kind::Mlterm) => by_name("mlterm"),
        name => by_name(&name.to_ascii_lowercase()),
    };
    let decision = match outer.map(|outer| outer.mode) {
        // VTE keeps its mode by row, and tmux writes into rows that are there already.
        Some(Mode::Explicit) => Decision::of(Mode::Lrm, "tmux in a VTE"),
        Some(mode @ (Mode::Konsole | Mode::Mlterm)) if *passthrough => {
            Decision::of(mode, "tmux, which hands orders to the terminal around it")
        }
        Some(Mode::Konsole | Mode::Mlterm) => {
            Decision::of(Mode::Visual, "tmux, which hands no orders to the terminal around it")
                .hinting("terminal.passthrough")
        }
        Some(Mode::Kitty) => Decision::of(Mode::Visual, "tmux in kitty").hinting("terminal.kitty"),
        _ => Decision { why: "tmux, by what is around it", ..outer.unwrap_or_default() },
    };
    Decision { through: *passthrough, ..decision }
}

#[cfg(test)]
mod tests {
    use super::super::detect::parse;
    use super::*;

    fn decided(bytes: &[u8]) -> Decision {
        decide(&parse(bytes), &Environment::default())
    }

    #[test]
    fn each_family_gets_its_mode() {
        for (answers, mode) in [
            (&b"\x1b[8;1$y\x1bP>|VTE(7600)\x1b\\\x1b[?65;1;9c"[..], Mode::Explicit),
            (b"\x1b[8;0$y\x1bP>|XTerm(379)\x1b\\\x1b[?64;1;2c", Mode::Visual),
            (b"\x1bP>|Konsole 22.12.3\x1b\\\x1b[?62;1;4c", Mode::Konsole),
            (b"\x1b[8;0$y\x1bP>|mlterm(3.9.3)\x1b\\\x1b[?63;1c", Mode::Mlterm),
            (b"\x1b[8;0$y\x1b[>24;279;0c\x1b[?63;1c", Mode::Mlterm),
            (b"\x1b[8;0$y\x1bP>|kitty(0.48.0)\x1b\\\x1b[?62;c", Mode::Kitty),
            (b"\x1bP>|kitty(0.26.5)\x1b\\\x1b[?62;c", Mode::Visual),
            (b"\x1b[?1;2c", Mode::Visual),
            (b"", Mode::Visual),
        ] {
            let decision = decided(answers);
            assert_eq!(decision.mode, mode, "{decision:?}");
            assert!(!decision.through && !decision.why.is_empty());
        }
    }

    #[test]
    fn marks_go_where_a_terminal_misplaces_them() {
        assert_eq!(decided(b"\x1b[8;0$y\x1b[>0;1101;1c\x1b[?6c").harakat, Harakat::Strip);
        assert_eq!(decided(b"\x1bP>|foot(1.13.1)\x1b\\\x1b[?62;4;22c").harakat, Harakat::Strip);
        for others in
            [&b"\x1b[>0;136;0c\x1b[?6c"[..], b"\x1b[>41;379;0c\x1b[?64c", b"\x1b[>65;7006;1c\x1b[?65c"]
        {
            assert_eq!(decided(others).harakat, Harakat::Keep);
        }
    }

    #[test]
    fn answers_beat_the_environment() {
        let vte = Environment { kind: Some(Kind::Vte), ..Environment::default() };
        let xterm = parse(b"\x1b[8;0$y\x1bP>|XTerm(379)\x1b\\\x1b[?64;1c");
        assert_eq!(decide(&xterm, &vte).mode, Mode::Visual);
        assert_eq!(decide(&Answers::default(), &vte).mode, Mode::Explicit);
        // An xterm that was started from a shell in tmux.
        assert_eq!(decide(&xterm, &Environment { tmux: true, ..vte.clone() }).mode, Mode::Visual);
        // An old tmux, which has no name to say.
        assert_eq!(decide(&parse(b"\x1b[?1;2c"), &Environment { tmux: true, ..vte }).mode, Mode::Lrm);
    }

    #[test]
    fn behind_tmux_the_terminal_around_decides() {
        let tmux = parse(b"\x1bP>|tmux 3.3a\x1b\\\x1b[?1;2;4c");
        let within = |around: &str, passthrough| {
            let around = Some(Tmux { around: around.to_owned(), passthrough });
            decide(&tmux, &Environment { tmux: true, around, ..Environment::default() })
        };
        let way = |decision: Decision| (decision.mode, decision.through, decision.hint.is_some());
        assert_eq!(way(within("VTE(7006)", true)), (Mode::Lrm, true, false));
        assert_eq!(way(within("VTE(7006)", false)), (Mode::Lrm, false, false));
        assert_eq!(way(within("Konsole 22.12.3", true)), (Mode::Konsole, true, false));
        assert_eq!(way(within("Konsole 22.12.3", false)), (Mode::Visual, false, true));
        assert_eq!(way(within("mlterm(3.9.3)", true)), (Mode::Mlterm, true, false));
        assert_eq!(way(within("kitty(0.48.0)", true)), (Mode::Visual, true, true));
        assert_eq!(way(within("XTerm(379)", true)), (Mode::Visual, true, false));
        let nameless = Environment {
            tmux: true,
            kind: Some(Kind::Vte),
            around: Some(Tmux::default()),
            ..Environment::default()
        };
        assert_eq!(way(decide(&tmux, &nameless)), (Mode::Lrm, false, false));
        let nameless = Environment { kind: Some(Kind::Mlterm), ..nameless };
        assert_eq!(way(decide(&tmux, &nameless)), (Mode::Visual, false, true));
        assert_eq!(way(decide(&tmux, &Environment::default())), (Mode::Visual, false, true));
    }
}
