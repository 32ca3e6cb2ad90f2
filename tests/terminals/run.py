#!/usr/bin/env python3
"""Runs the program on the demo corpus in real terminals and looks at the pictures.

    tests/terminals/run.py [--keep[=SUFFIX]] [PROGRAM] [NAME...]

PROGRAM is the binary (default: target/release/waqai, else target/debug/waqai), NAMEs choose among
the terminals. Each is started under a display of its own (Xvfb), and what is not installed is said
to be absent. For each there are three pictures:

1. two coloured cells in the corners, which tell where the grid of cells is;
2. the program;
3. letters of the highlighted row, each alone on a row of its own, where nothing can turn them.

The same screen, laid out for a terminal that leaves cells alone, is taken from a tmux that nobody
looks at. By machine is checked that
- every cell has the background that it has there: the highlighted word stands where the layout says;
- every cell of the highlighted row shows the letter that it has there, and no other of that row;
- the borders of the panes are straight lines.

With --keep the pictures of the program go to assets/screenshots/terminals/, with --keep=SUFFIX under
names that end so (for another version of a terminal, by a PATH that has it first). The table that is printed
is the one of the README. Needs: Xvfb, import and convert (ImageMagick), tmux; of the terminals what
there is. On Debian:

    apt-get install xvfb imagemagick tmux dbus-x11 fonts-dejavu-core xterm xfce4-terminal konsole \\
        mlterm kitty alacritty stterm
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COLUMNS, ROWS = 100, 30
FONT = "DejaVu Sans Mono"
DISPLAY = os.environ.get("TERMINALS_DISPLAY", ":97")
# Colours of the 256, which all terminals have alike.
FIRST, LAST = (255, 0, 255), (0, 255, 255)
FIRST_INDEX, LAST_INDEX = 201, 51
TRIGGER, EXTENT = 179, 236
PATIENCE = 25

# The commands; the child's own follows.
XTERM = ["xterm", "-fa", FONT, "-fs", "11", "-bg", "black", "-fg", "white", "-geometry", "100x30+0+0", "-e"]
VTE = ["dbus-run-session", "xfce4-terminal", "--disable-server", "--geometry=100x30+0+0", "--hide-menubar",
       "--hide-borders", "--hide-scrollbar", "--font", FONT + " 11", "--color-bg", "#000000", "--color-text",
       "#ffffff", "-x"]
KITTY = ["kitty", "--config", "NONE", "-o", "font_family=" + FONT, "-o", "initial_window_width=100c", "-o",
         "initial_window_height=30c", "-o", "remember_window_size=no", "-o", "linux_display_server=x11"]
KONSOLE = ["dbus-run-session", "konsole", "--separate", "--hide-menubar", "--hide-tabbar", "-p", f"Font={FONT},11",
           "-p", "TerminalColumns=100", "-p", "TerminalRows=30", "-e"]
MLTERM = ["mlterm", "-g", "100x30", "-b", "black", "-f", "white", "-w", "16", "-s", "false", "-e"]
# Name, command, what the user has set, whether it has to be right.
TERMINALS = [
    ("xterm", XTERM, "", True),
    ("xfce4-terminal", VTE, "", True),
    ("konsole", KONSOLE, "", True),
    ("mlterm", MLTERM, "", True),
    ("kitty", KITTY, "", False),
    ("kitty-force-ltr", [*KITTY, "-o", "force_ltr=yes"], "`force_ltr yes`", True),
    ("alacritty", ["alacritty", "-o", f"font.normal.family={FONT}", "-o", "window.dimensions.columns=100", "-o",
                   "window.dimensions.lines=30", "-e"], "", True),
    ("st", ["st", "-g", "100x30", "-f", FONT + ":size=11", "-e"], "", True),
    ("xterm-tmux", XTERM, "", True),
    ("xterm-tmux-passthrough", XTERM, "`allow-passthrough on`", True),
    ("xfce4-terminal-tmux", VTE, "", True),
    ("xfce4-terminal-tmux-passthrough", VTE, "`allow-passthrough on`", True),
    ("konsole-tmux-passthrough", KONSOLE, "`allow-passthrough on`", True),
    ("mlterm-tmux-passthrough", MLTERM, "`allow-passthrough on`", True),
]

# Runs in the terminal: corners, the program, then letters apart; each when it is told to go on.
CHILD = r"""#!/bin/sh
cd "$(dirname "$0")"
next() { until [ -e "$1" ]; do sleep 0.05; done; }
stty size > size; while [ "$(cat size)" != "@SIZE@" ] && [ ! -e resized ]; do sleep 0.1; stty size > size; done
set -- $(cat size)
printf '\033[?25l\033[2J\033[1;1H\033[48;5;@FIRST@m \033[%d;%dH\033[48;5;@LAST@m \033[m\033[2;1H' "$1" "$2"
touch drawn; next one
"$PROGRAM" </dev/tty & echo $! > pid
wait
printf '\033[?25l\033[2J'; cat letters; touch lettered; next three
"""


def run(*command, **options):
    return subprocess.run(command, capture_output=True, **options)


class Picture:
    """The screen as pixels."""

    def __init__(self):
        shot = run("import", "-display", DISPLAY, "-window", "root", "-depth", "8", "ppm:-").stdout
        header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", shot)
        self.width, self.height = int(header[1]), int(header[2])
        self.bytes = shot[header.end():]

    def at(self, x, y):
        place = 3 * (y * self.width + x)
        return tuple(self.bytes[place:place + 3])

    def count(self, colour):
        """How many pixels are of that colour, about."""
        return self.bytes.count(bytes(colour))

    def box(self, colour):
        """The box around all pixels of that colour; none where there are none."""
        code, found, at = bytes(colour), [], -1
        while (at := self.bytes.find(code, at + 1)) >= 0:
            if at % 3 == 0:
                found.append(divmod(at // 3, self.width))
        if not found:
            return None
        ys, xs = [y for y, _ in found], [x for _, x in found]
        return min(xs), min(ys), max(xs) + 1, max(ys) + 1


class Grid:
    """Where the cells are, from a picture with its first and its last cell in colour."""

    def __init__(self, picture, columns, rows):
        first, last = picture.box(FIRST), picture.box(LAST)
        if first is None or last is None:
            raise LookupError("the corners of the grid are not to be seen")
        self.x, self.y = first[0], first[1]
        self.width = (last[0] - first[0]) / (columns - 1)
        self.height = (last[1] - first[1]) / (rows - 1)
        self.columns, self.rows = columns, rows

    def cell(self, column, row):
        return (round(self.x + column * self.width), round(self.y + row * self.height),
                round(self.x + (column + 1) * self.width), round(self.y + (row + 1) * self.height))

    def pixels(self, picture, column, row):
        left, top, right, bottom = self.cell(column, row)
        return [[picture.at(x, y) for x in range(left, right)] for y in range(top, bottom)]


def colour(index):
    """The colour of an index of the 256 from 16 on."""
    if index >= 232:
        return (8 + 10 * (index - 232),) * 3
    levels = [0, 95, 135, 175, 215, 255]
    index -= 16
    return levels[index // 36], levels[index // 6 % 6], levels[index % 6]


def screen_of(lines, columns):
    """What `tmux capture-pane -e` says as rows of (symbol, style, index of the background)."""
    grid = []
    back, style = None, ""
    for line in lines:
        row = []
        for sgr, char in re.findall(r"\x1b\[([0-9;]*)m|(.)", line):
            if not char:
                codes = sgr.split(";")
                at = 0
                while at < len(codes):
                    code = codes[at] or "0"
                    if code == "0":
                        back, style = None, ""
                    elif code in ("38", "48") and codes[at + 1:at + 2] == ["5"]:
                        if code == "48":
                            back = int(codes[at + 2])
                        at += 2
                    elif code == "49":
                        back = None
                    at += 1
                style = style + f"\x1b[{sgr}m" if sgr not in ("", "0") else ""
                continue
            if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Cf"):
                if row:
                    row[-1] = (row[-1][0] + char, *row[-1][1:])
                continue
            row.append((char, style, back))
            if unicodedata.east_asian_width(char) in ("W", "F"):
                row.append(("", style, back))
        row += [(" ", "", None)] * (columns - len(row))
        grid.append(row[:columns])
    return grid


def reference(program, folder, columns, rows):
    """The screen as it is laid out for a terminal that leaves cells alone."""
    tmux = ["tmux", "-u", "-L", f"terminals-{os.getpid()}", "-f", "/dev/null"]
    command = f"exec '{program}' --bidi visual"
    # The dark background that the terminals have, which a tmux that nobody looks at cannot tell.
    environment = {**os.environ, **homes(folder), "COLORFGBG": "15;0", "TERM": "xterm-256color"}
    run(*tmux, "new-session", "-d", "-x", str(columns), "-y", str(rows), command, ";", "set", "status", "off",
        env=environment, check=True)
    try:
        before = None
        for _ in range(PATIENCE * 4):
            time.sleep(0.25)
            text = run(*tmux, "capture-pane", "-e", "-p").stdout.decode()
            if f"48;5;{TRIGGER}m" in text and text == before:
                return screen_of(text.split("\n")[:rows], columns)
            before = text
    finally:
        run(*tmux, "kill-server")
    raise LookupError("the program did not come up in tmux")


def homes(folder):
    home = str(folder / "home")
    return {"HOME": home, "XDG_CONFIG_HOME": home + "/config", "XDG_CACHE_HOME": home + "/cache",
            "XDG_DATA_HOME": home + "/data", "XDG_RUNTIME_DIR": home, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def backgrounds(picture, grid, screen, plain):
    """Cells whose background is not that of the layout; the status line may say something else."""
    wrong = []
    for row in range(grid.rows - 1):
        for column in range(grid.columns):
            symbol, _, back = screen[row][column]
            # Blocks fill their cell, the bars of the chart by eighths.
            if symbol in "▌▁▂▃▄▅▆▇█":
                continue
            wanted = plain if back is None else colour(back)
            pixels = Counter(p for line in grid.pixels(picture, column, row) for p in line)
            seen = pixels.most_common(1)[0][0]
            if max(abs(a - b) for a, b in zip(seen, wanted)) > 6:
                wrong.append((column, row))
    return wrong


def straight(picture, grid, screen, plain):
    """The columns of borders whose line is not straight."""
    wrong = []
    for column in range(grid.columns):
        rows = [row for row in range(grid.rows) if screen[row][column][0] == "│"]
        lines = None
        for row in rows:
            pixels = grid.pixels(picture, column, row)
            inked = {x for x in range(len(pixels[0]))
                     if sum(line[x] != plain for line in pixels) >= 0.8 * len(pixels)}
            lines = inked if lines is None else lines & inked
        if rows and not lines:
            wrong.append(column)
    return wrong


def letters_of(screen):
    """The row with the most highlighted cells and its columns that hold something in Arabic."""
    row = max(range(len(screen)), key=lambda row: sum(cell[2] == TRIGGER for cell in screen[row]))
    border = max((c for c, cell in enumerate(screen[row][:-1]) if cell[0] == "│"), default=-1)
    columns = [column for column, (symbol, *_) in enumerate(screen[row])
               if column > border and symbol and unicodedata.bidirectional(symbol[0]) in ("R", "AL")]
    return row, columns


def apart(screen, row, columns, rows):
    """The letters of `columns` one by one, and where each stands: nothing beside it can turn it."""
    text, places = "", {}
    distinct = {}
    for column in columns:
        symbol, style, _ = screen[row][column]
        distinct.setdefault((symbol, style), []).append(column)
    for n, ((symbol, style), _) in enumerate(distinct.items()):
        at, line = 4 + 8 * (n // (rows - 2)), 1 + n % (rows - 2)
        # Latin letters on both sides keep the row from left to right.
        text += f"\x1b[{line + 1};{at - 1}Ho{style} {symbol} \x1b[0mo"
        places[symbol, style] = (at, line)
    return text, places


def difference(one, other):
    """The share of pixels in which two cells differ."""
    pairs = [(a, b) for first, second in zip(one, other) for a, b in zip(first, second)]
    return sum(max(abs(x - y) for x, y in zip(a, b)) > 80 for a, b in pairs) / max(1, len(pairs))


def misread(program, alone, grid, screen, row, columns, places):
    """Cells of the row that look more like another of its letters than like their own."""
    pictures = {letter: grid.pixels(alone, *place) for letter, place in places.items()}
    wrong = []
    for column in columns:
        symbol, style, _ = screen[row][column]
        cell = grid.pixels(program, column, row)
        own = difference(cell, pictures[symbol, style])
        same = [p for (other, look), p in pictures.items() if look == style and other != symbol]
        best = min((difference(cell, p) for p in same), default=1)
        # What reaches over from the neighbours may blur a letter that has near twins.
        if own > 0.05 and own > best + 0.03:
            wrong.append((column, symbol, round(own, 2), round(best, 2)))
    return wrong


def wait_for(path, what):
    for _ in range(PATIENCE * 20):
        if path.exists():
            return
        time.sleep(0.05)
    raise LookupError(f"{what} did not come")


def stable():
    """A picture that no longer changes."""
    before = None
    for _ in range(40):
        picture = Picture()
        if before is not None and picture.bytes == before.bytes:
            return picture
        before = picture
        time.sleep(0.15)
    return before


def look(name, command, program, folder):
    """Starts one terminal; the picture of the program and what is wrong with it."""
    folder.mkdir()
    child = folder / "child"
    text = CHILD.replace("@SIZE@", f"{ROWS} {COLUMNS}")
    child.write_text(text.replace("@FIRST@", str(FIRST_INDEX)).replace("@LAST@", str(LAST_INDEX)))
    child.chmod(0o755)
    environment = {**os.environ, **homes(folder), "DISPLAY": DISPLAY, "PROGRAM": str(program)}
    for variable in ("TMUX", "TMUX_PANE", "STY", "VTE_VERSION", "COLORFGBG", "NO_COLOR", "WAYLAND_DISPLAY"):
        environment.pop(variable, None)
    (folder / "home" / ".mlterm").mkdir(parents=True)
    os.chmod(folder / "home", 0o700)
    (folder / "home/.mlterm/aafont").write_text(f"DEFAULT = {FONT}\nISO10646_UCS4_1 = {FONT}\n")
    words = [str(child)]
    socket = f"terminals-{os.getpid()}-in"
    if "tmux" in name:
        configuration = folder / "tmux.conf"
        passthrough = "on" if name.endswith("passthrough") else "off"
        configuration.write_text("set -g status off\nset -g default-terminal tmux-256color\n"
                                 f"set -g allow-passthrough {passthrough}\n")
        words = ["tmux", "-2", "-u", "-L", socket, "-f", str(configuration), "new-session", str(child)]
    log = open(folder / "log", "wb")
    terminal = subprocess.Popen([*command, *words], env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        for _ in range(60):
            time.sleep(0.1)
            if (folder / "drawn").exists():
                break
        else:
            (folder / "resized").touch()
        wait_for(folder / "drawn", "the terminal")
        time.sleep(0.4)
        rows, columns = map(int, (folder / "size").read_text().split())
        corners = stable()
        grid = Grid(corners, columns, rows)
        plain = corners.at(*[round(v) for v in (grid.x + 1.5 * grid.width, grid.y + 1.5 * grid.height)])
        screen = reference(program, folder, columns, rows)
        row, lettered = letters_of(screen)
        letters, places = apart(screen, row, lettered, rows)
        (folder / "letters").write_text(letters)
        (folder / "one").touch()
        for _ in range(PATIENCE * 4):
            time.sleep(0.25)
            # A few pixels of a letter's edge may have any colour.
            if Picture().count(colour(TRIGGER)) > 300 and (picture := stable()).count(colour(EXTENT)) > 1000:
                break
        else:
            raise LookupError("the program did not come up")
        # Killed, so that the terminal stays as the program set it.
        os.kill(int((folder / "pid").read_text()), signal.SIGKILL)
        wait_for(folder / "lettered", "the end of the program")
        time.sleep(0.3)
        alone = stable()
        box = (*grid.cell(0, 0)[:2], *grid.cell(columns - 1, rows - 1)[2:])
        return picture, box, {
            "cells": backgrounds(picture, grid, screen, plain),
            "letters": misread(picture, alone, grid, screen, row, lettered, places),
            "borders": straight(picture, grid, screen, plain),
            "counted": (columns * (rows - 1), len(lettered)),
        }
    finally:
        (folder / "three").touch()
        if "tmux" in name:
            run("tmux", "-L", socket, "kill-server")
        time.sleep(0.2)
        try:
            os.killpg(terminal.pid, signal.SIGTERM)
        except ProcessLookupError:
            pass
        try:
            terminal.wait(timeout=5)
        except subprocess.TimeoutExpired:
            os.killpg(terminal.pid, signal.SIGKILL)
            terminal.wait()
        log.close()
        time.sleep(0.3)


def version(command):
    name = next(word for word in command if word != "dbus-run-session")
    flag = {"xterm": "-version", "st": "-v"}.get(name, "--version")
    told = run(name, flag, env={**os.environ, "DISPLAY": DISPLAY, "QT_QPA_PLATFORM": "offscreen"})
    text = (told.stdout + told.stderr).decode(errors="replace")
    found = re.search(r"\d+(?:\.\d+)+", text) or re.search(r"(?<=\()\d+(?=\))", text)
    return f"{name} {found[0] if found else ''}".strip()


def keep(picture, box, name):
    """The picture, cut to the cells and with few colours, among those of the README."""
    target = ROOT / "assets/screenshots/terminals" / f"{name}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    left, top, right, bottom = box
    ppm = f"P6 {picture.width} {picture.height} 255\n".encode() + picture.bytes
    run("convert", "ppm:-", "-crop", f"{right - left}x{bottom - top}+{left}+{top}", "+repage", "+dither",
        "-colors", "32", "-strip", "-define", "png:compression-level=9", f"PNG8:{target}", input=ppm, check=True)


def main():
    words = sys.argv[1:]
    suffix = next((word[len("--keep"):].lstrip("=") for word in words if word.startswith("--keep")), None)
    words = [word for word in words if not word.startswith("--keep")]
    programs = [ROOT / "target/release/waqai", ROOT / "target/debug/waqai"]
    if words and "/" in words[0]:
        programs = [Path(words.pop(0)).resolve()]
    program = next((path for path in programs if path.exists()), None)
    if program is None:
        sys.exit("build the program first, or say where it is")
    for tool in ("Xvfb", "import", "convert", "tmux"):
        if shutil.which(tool) is None:
            print(f"{tool} is absent: nothing is looked at in this run")
            return 0
    display = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1)
    failed = 0
    lines = []
    try:
        with tempfile.TemporaryDirectory() as scratch:
            for name, command, own, needed in TERMINALS:
                if words and name not in words:
                    continue
                absent = [w for w in command if w in ("dbus-run-session", command[0]) and not shutil.which(w)]
                if absent:
                    print(f"{name}: {absent[0]} is absent, NOT looked at", flush=True)
                    continue
                try:
                    picture, box, faults = look(name, command, program, Path(scratch) / name)
                except (LookupError, OSError) as fault:
                    log = (Path(scratch) / name / "log").read_text(errors="replace")[-600:]
                    print(f"{name}: {fault}\n{log}", flush=True)
                    failed += needed
                    continue
                cells, letters = faults["counted"]
                right = not (faults["cells"] or faults["letters"] or faults["borders"])
                failed += needed and not right
                shown = f"{name}{suffix or ''}"
                if suffix is not None:
                    keep(picture, box, shown)
                print(f"{name}: {len(faults['cells'])} of {cells} cells, {len(faults['letters'])} of {letters} "
                      f"letters, {len(faults['borders'])} borders are not as laid out", flush=True)
                for what in ("cells", "letters", "borders"):
                    if faults[what]:
                        print(f"    {what}: {faults[what][:12]}")
                mark = "✓" if right else "✗"
                place = " in tmux" if "tmux" in name else ""
                lines.append(f"| [{version(command)}{place}](assets/screenshots/terminals/{shown}.png) | {own or '–'} | "
                             f"{cells - len(faults['cells'])}/{cells} | {letters - len(faults['letters'])}/{letters} | "
                             f"{'straight' if not faults['borders'] else 'broken'} | {mark} |")
    finally:
        display.terminate()
        display.wait()
    print("\n| terminal | set by the user | cells | letters | borders | |\n|---|---|---|---|---|---|")
    print("\n".join(lines))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
