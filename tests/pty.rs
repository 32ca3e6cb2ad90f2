//! The real program in a pseudo-terminal, its screen read back: end to end, and the terminal given
//! back whichever way it ends.

#![cfg(unix)]

#[path = "pty/session.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod session;

use portable_pty::CommandBuilder;
use session::Session;

const REPORT: &str = "بغداد 5 أيار/مايو 2021: زار بوتين أنقرة والتقى أردوغان.\n\
    6 أيار/مايو 2021: رفض لافروف المقترح.\n\
    7 حزيران/يونيو 2022: زار أردوغان موسكو والتقى بوتين.\n";

fn folder_with_report() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("report-2022-06-08.txt"), REPORT).expect("a file");
    folder
}

#[test]
fn moves_filters_judges_and_leaves() {
    let folder = folder_with_report();
    let file = folder.path().join("report-2022-06-08.txt");
    let path = file.to_str().expect("a plain path");
    let mut session = Session::waqai(folder.path(), &[path]);
    session.wait_for("Events 1/");
    // The text stands right to left, in presentation forms.
    session.wait_for("ﺓﺮﻘﻧﺃ");
    session.send("j");
    session.wait_for("Events 2/");
    session.send("y2022\r");
    session.wait_for("year: 2022");
    session.send("a");
    session.wait_for("✓");
    session.wait_for("precision 1.00 (1/1)");
    session.send("q");
    assert!(session.end().success());

    // What was judged is still judged, and what was read is not read again.
    let mut again = Session::waqai(folder.path(), &[path]);
    again.wait_for("1 reviewed");
    again.send("q");
    assert!(again.end().success());
}

#[test]
fn opens_the_demonstration() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = Session::waqai(folder.path(), &[]);
    session.wait_for("Events 1/");
    session.send("?");
    session.wait_for("List and text");
    session.send("\x1b");
    session.wait("the page to close", |screen| !screen.contents().contains("List and text"));
    session.send("q");
    assert!(session.end().success());
}

#[test]
fn a_long_document_is_shown_before_and_read_to_the_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("long.txt");
    std::fs::write(&file, REPORT.repeat(1_100_000 / REPORT.len())).expect("a file");
    let mut session = Session::waqai(folder.path(), &[file.to_str().expect("a plain path")]);
    session.wait("the text alone", |screen| {
        let text = screen.contents();
        text.contains("ﺓﺮﻘﻧﺃ") && text.contains("0 events")
    });
    session.wait_for("Events 1/");
    session.send("q");
    assert!(session.end().success());
}

#[test]
fn answers_that_come_late_count_and_are_no_keys() {
    let folder = folder_with_report();
    let mut session = Session::waqai(folder.path(), &[folder.path().to_str().expect("a plain path")]);
    session.answer = None;
    session.wait_for("Events 1/");
    assert!(!session.bytes.windows(4).any(|w| w == b"\x1b[8l"));
    // In two parts, cut inside an answer, a key between them and one behind.
    session.send("\x1b[8;1$yj\x1bP>|VTE(70");
    session.wait_for("Events 2/");
    session.send("06)\x1b\\\x1b[>65;7006;1c\x1b[?65;1;9cj");
    session.wait_for("Events 3/");
    assert!(session.bytes.windows(4).any(|w| w == b"\x1b[8l"), "the mode of a VTE");
    session.send("k");
    session.wait_for("Events 2/");
    session.send("q");
    assert!(session.end().success());
}

#[test]
fn the_doctor_tells_what_was_answered_and_what_follows() {
    for (answer, mode) in [
        ("\x1b[8;1$y\x1bP>|VTE(7006)\x1b\\\x1b[>65;7006;1c\x1b[?65;1;9c", "explicit: "),
        ("\x1b[8;0$y\x1b[>0;1101;1c\x1b[?6c", "visual: "),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut session = Session::waqai(folder.path(), &["doctor"]);
        session.answer = Some(answer);
        session.wait_for("index of the demo");
        let text = String::from_utf8_lossy(&session.bytes).into_owned();
        for line in
            ["asked ", "answered to the last question", mode, "reviews.sqlite (not there)", "Unicode "]
        {
            assert!(text.contains(line), "{line}: {text}");
        }
        // What holds for the terminal holds no longer.
        let set = session.bytes.windows(4).filter(|w| *w == b"\x1b[8l").count();
        let unset = session.bytes.windows(4).filter(|w| *w == b"\x1b[8h").count();
        assert!(set >= 1 && unset >= set);
        assert!(session.child.wait().expect("the program is ours").success());
    }
}

#[test]
fn a_signal_gives_the_terminal_back() {
    let folder = folder_with_report();
    for signal in ["-TERM", "-HUP", "-INT"] {
        let mut session = Session::waqai(folder.path(), &[folder.path().to_str().expect("a plain path")]);
        session.wait_for("Events 1/");
        let id = session.child.process_id().expect("a process").to_string();
        let sent = std::process::Command::new("kill").args([signal, &id]).status().expect("kill runs");
        assert!(sent.success());
        assert!(!session.end().success());
    }
}

#[test]
fn what_is_pasted_right_after_the_key_that_opens_a_field_goes_into_it() {
    let folder = folder_with_report();
    let mut session = Session::waqai(folder.path(), &[folder.path().to_str().expect("a plain path")]);
    session.wait_for("Events 1/");
    // At once, so that the paste comes before the key has been understood.
    session.send("/\x1b[200~Lavrov\x1b[201~");
    session.wait_for("/ Lavrov");
    session.send("\x03");
    assert!(session.end().success());
}

#[test]
fn what_is_copied_reaches_the_terminal_as_it_was_read() {
    let folder = folder_with_report();
    let mut session = Session::waqai(folder.path(), &[folder.path().to_str().expect("a plain path")]);
    session.wait_for("Events 1/");
    session.send("Y");
    session.wait_for("is copied");
    session.send("q");
    session.wait("the order", |screen| !screen.alternate_screen());
    let written = String::from_utf8_lossy(&session.bytes).into_owned();
    let (_, rest) = written.split_once("\x1b]52;c;").expect("OSC 52");
    let (code, _) = rest.split_once(['\x1b', '\x07']).expect("its end");
    // The first letters of `زار بوتين` in base64.
    assert!(code.starts_with("2LLYp9ix"), "{code}");
    assert!(session.end().success());
}

#[test]
fn keys_typed_before_the_first_frame_count_also_where_the_terminal_is_silent() {
    for answers in [true, false] {
        let folder = folder_with_report();
        let path = folder.path().join("report-2022-06-08.txt");
        let path = path.to_str().expect("a plain path");
        // The events have to be there when the keys come.
        let mut first = Session::waqai(folder.path(), &[path]);
        first.wait_for("Events 1/");
        first.send("q");
        assert!(first.end().success());
        let mut session = Session::waqai(folder.path(), &[path]);
        session.answer = session.answer.filter(|_| answers);
        session.send("jj\x1b[B");
        session.wait_for("Events 4/");
        session.send("q");
        assert!(session.end().success());
    }
}

#[test]
fn a_stopped_program_comes_back_to_its_screen() {
    let folder = folder_with_report();
    let mut command = CommandBuilder::new("sh");
    let program = env!("CARGO_BIN_EXE_waqai");
    let (index, reviews) = (folder.path().join("i.sqlite"), folder.path().join("r.sqlite"));
    // An interactive shell, so that there is job control.
    command.args(["-i"]);
    command.env("HOME", folder.path());
    command.env("PS1", "ready> ");
    command.env("TERM", "xterm-256color");
    command.env_remove("ENV");
    let mut session = Session::start(command);
    session.wait_for("ready>");
    session.send(&format!(
        "{program} --index {} --reviews {} {}\r",
        index.display(),
        reviews.display(),
        folder.path().join("report-2022-06-08.txt").display()
    ));
    session.wait_for("Events 1/");
    session.send("\x1a");
    // The shell has to have the terminal before it is spoken to.
    session.wait("the shell", |screen| {
        let text = screen.contents();
        !screen.alternate_screen() && text.contains("Stopped") && text.trim_end().ends_with("ready>")
    });
    session.send("fg\r");
    session.wait("the screen", |screen| {
        screen.alternate_screen() && screen.contents().contains("Events 1/") && screen.hide_cursor()
    });
    session.send("j");
    session.wait_for("Events 2/");
    session.send("q");
    session.wait("the shell", |screen| {
        !screen.alternate_screen() && screen.contents().trim_end().ends_with("ready>")
    });
    session.send("exit\r");
    assert!(session.end().success());
}

/// The child of the next test: this test alone, run in a pseudo-terminal.
#[test]
fn panics_when_told_to() {
    if std::env::var_os("WAQAI_TEST_PANIC").is_some() {
        let _guard = waqai::tui::terminal::Guard::enter(waqai::tui::terminal::Choice::Mode(
            waqai::tui::terminal::Mode::Visual,
        ))
        .expect("a terminal");
        panic!("on purpose");
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_is_read_on_it() {
    let mut command = CommandBuilder::new(std::env::current_exe().expect("this test"));
    command.args(["--exact", "panics_when_told_to", "--nocapture"]);
    command.env("WAQAI_TEST_PANIC", "1");
    let mut session = Session::start(command);
    session.wait_for("on purpose");
    assert!(!session.end().success());
}

#[test]
fn a_document_that_changes_on_disk_is_read_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let news = folder.path().join("news.txt");
    let line = |n: u32| format!("– {n} آذار/مارس 2022: زار رجب طيب أردوغان بغداد.\n\n");
    std::fs::write(&news, line(21) + &line(22)).expect("a file");
    let mut terminal = Session::waqai(folder.path(), &[news.to_str().expect("a name")]);
    terminal.wait_for("2/2 shown");
    terminal.send("j");
    terminal.wait_for("Events 2/2");
    std::fs::write(&news, line(19) + &line(20) + &line(21) + &line(22)).expect("a file");
    terminal.wait_for("Events 2/4");
    let selected = |screen: &vt100::Screen| {
        screen.contents().lines().any(|row| row.contains('▌') && row.contains("2022-03-2"))
    };
    terminal.wait("an event is still selected", selected);
    terminal.send("q");
    assert!(terminal.end().success());
}
