//! What people paste around a manifest: Markdown fences, here-documents, diff marks, prompts. And what is pasted in place
//! of one: what `kubectl describe` and `kubectl get` print.

use super::text_edit::Edit;
use std::ops::Range;

/// What is around a manifest, or in its place.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapping {
    /// ```` ```yaml ````, with or without prose around.
    MarkdownFence,
    /// `cat <<EOF | kubectl apply -f -`; or only its last line, `EOF`.
    HereDocument,
    /// `+` and `-` in front of lines, `@@ -1,5 +1,6 @@`.
    DiffMarks,
    /// `> ` in front of every line.
    QuoteMarks,
    /// A number in front of every line.
    LineNumbers,
    /// `$ kubectl get job pi -o yaml`, or what it said behind the manifest.
    Prompt,
    /// What `kubectl describe` prints. No manifest can be made of it.
    Description,
    /// The table that `kubectl get` prints. No manifest can be made of it.
    Table,
}

/// A wrapping that was found in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrapped {
    /// What it is.
    pub wrapping: Wrapping,
    /// The first bytes of it, within a line.
    pub span: Range<usize>,
    /// What takes it off and leaves the manifest as it is; nothing where there is no manifest.
    pub edits: Vec<Edit>,
}

/// Looks for a wrapping.
pub fn wrapping(text: &str) -> Option<Wrapped> {
    let lines = Lines::of(text);
    lines
        .fence()
        .or_else(|| lines.here_document())
        .or_else(|| lines.printed())
        .or_else(|| lines.diff())
        .or_else(|| lines.quotes())
        .or_else(|| lines.numbers())
        .or_else(|| lines.prompt())
}

struct Line<'t> {
    start: usize,
    /// With its line break.
    end: usize,
    text: &'t str,
}

impl Line<'_> {
    fn span(&self) -> Range<usize> {
        self.start..self.start + self.text.trim_end().len()
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

struct Lines<'t> {
    text: &'t str,
    lines: Vec<Line<'t>>,
}

/// Lines that belong together, and how many bytes of indent each has too many.
struct Block {
    lines: Range<usize>,
    indent: usize,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Lines<'t> {
        let mut start = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            let here = start;
            start += line.len();
            Line { start: here, end: start, text: line.trim_end_matches(['\n', '\r']) }
        });
        Lines { text, lines: lines.collect() }
    }

    fn holds_manifest(&self, lines: &Range<usize>) -> bool {
        let starts = |line: &Line<'_>| {
            let text = line.text.trim_start_matches([' ', '\t', '"']);
            text.starts_with("apiVersion") || text.starts_with("kind")
        };
        self.lines[lines.clone()].iter().any(|line| starts(line) || line.text.contains("\"kind\""))
    }

    /// Keeps the blocks that hold manifests, and what follows them behind `---`.
    fn keep(&self, wrapping: Wrapping, first: usize, blocks: Vec<Block>) -> Option<Wrapped> {
        let mut edits = Vec::new();
        let mut at = 0;
        for block in blocks.into_iter().filter(|block| self.holds_manifest(&block.lines)) {
            let start = self.lines[block.lines.start].start;
            let separates = at > 0 && !self.lines[block.lines.start].text.starts_with("---");
            push(&mut edits, at..start, if separates { "---\n" } else { "" });
            for line in &self.lines[block.lines.clone()] {
                let blank = line.text.len() - line.text.trim_start_matches([' ', '\t']).len();
                push(&mut edits, line.start..line.start + blank.min(block.indent), "");
            }
            at = self.lines[block.lines.end - 1].end;
        }
        let behind = self.lines.iter().filter(|line| line.start >= at).find(|line| line.text.starts_with("---"));
        push(&mut edits, at..behind.map_or(self.text.len(), |line| line.start), "");
        let edits = if at == 0 { Vec::new() } else { edits };
        Some(Wrapped { wrapping, span: self.lines[first].span(), edits })
    }

    fn fence(&self) -> Option<Wrapped> {
        let mark_of = |line: &Line<'t>| {
            let text = line.text.trim_start_matches([' ', '\t']);
            let letter = text.chars().next().filter(|letter| matches!(letter, '`' | '~'))?;
            let length = text.len() - text.trim_start_matches(letter).len();
            (length >= 3).then(|| (letter, length, text[length..].trim().to_owned(), line.text.len() - text.len()))
        };
        let first = self.lines.iter().position(|line| mark_of(line).is_some())?;
        let mut blocks = Vec::new();
        let (.., info, _) = mark_of(&self.lines[first])?;
        // Copied without the line that opens the block.
        let mut at = if info.is_empty() && self.holds_manifest(&(0..first)) {
            blocks.push(Block { lines: 0..first, indent: 0 });
            first + 1
        } else {
            first
        };
        while at < self.lines.len() {
            let Some((letter, length, _, indent)) = mark_of(&self.lines[at]) else {
                at += 1;
                continue;
            };
            let closes = |line: &Line<'t>| {
                mark_of(line).is_some_and(|mark| mark.0 == letter && mark.1 >= length && mark.2.is_empty())
            };
            let end = self.lines[at + 1..].iter().position(closes).map_or(self.lines.len(), |end| at + 1 + end);
            if at + 1 < end {
                blocks.push(Block { lines: at + 1..end, indent });
            }
            at = end + 1;
        }
        self.keep(Wrapping::MarkdownFence, first, blocks)
    }

    fn here_document(&self) -> Option<Wrapped> {
        let mut blocks = Vec::new();
        let mut first = None;
        let mut at = 0;
        while at < self.lines.len() {
            if let Some((word, strips_tabs)) = here_word(self.lines[at].text) {
                let end = self.lines[at + 1..].iter().position(|line| line.text.trim() == word);
                let end = end.map_or(self.lines.len(), |end| at + 1 + end);
                first = first.or(Some(at));
                if at + 1 < end {
                    blocks.push(Block { lines: at + 1..end, indent: if strips_tabs { usize::MAX } else { 0 } });
                }
                at = end;
            } else if self.lines[at].text.trim_end() == "EOF" && first.is_none() && at > 0 {
                first = Some(at);
                blocks.push(Block { lines: 0..at, indent: 0 });
            }
            at += 1;
        }
        // `<<-` takes tabs off, not spaces.
        for block in blocks.iter_mut().filter(|block| block.indent > 0) {
            let tabs = |line: &Line<'_>| line.text.len() - line.text.trim_start_matches('\t').len();
            block.indent = self.lines[block.lines.clone()].iter().map(tabs).max().unwrap_or(0);
        }
        self.keep(Wrapping::HereDocument, first?, blocks)
    }

    fn printed(&self) -> Option<Wrapped> {
        let first = self.lines.iter().position(|line| !line.is_blank() && !is_prompt(line.text))?;
        let words: Vec<&str> = self.lines[first].text.split_whitespace().collect();
        let is_table = words.len() > 2
            && matches!(words[0], "NAME" | "NAMESPACE" | "LAST")
            && words.iter().any(|word| matches!(*word, "AGE" | "STATUS" | "COMPLETIONS" | "SCHEDULE" | "SEEN"));
        let has = |start: &str| self.lines.iter().any(|line| line.text.starts_with(start));
        let is_description = words.first() == Some(&"Name:")
            && ["Namespace:", "Labels:"].into_iter().all(has)
            && !["apiVersion:", "kind:"].into_iter().any(has);
        let wrapping = if is_table {
            Wrapping::Table
        } else if is_description {
            Wrapping::Description
        } else {
            return None;
        };
        Some(Wrapped { wrapping, span: self.lines[first].span(), edits: Vec::new() })
    }

    fn diff(&self) -> Option<Wrapped> {
        let is_header = |line: &Line<'_>| {
            ["diff ", "index ", "@@ ", "+++ ", "--- ", "\\ No newline", "new file mode", "similarity "]
                .iter()
                .any(|start| line.text.starts_with(start))
        };
        let is_added = |line: &Line<'_>| line.text.starts_with('+') && !is_header(line);
        let first = self.lines.iter().position(|line| is_added(line) || line.text.starts_with("@@ "))?;
        let is_marked = |line: &Line<'_>| line.is_blank() || is_header(line) || line.text.starts_with([' ', '+', '-']);
        // Where only the changed lines are marked, the mark is one letter more, or it took the place of the first blank:
        // then one letter of indent is missing. No item of a list begins in the first column of a manifest.
        let all_marked = self.lines.iter().all(is_marked);
        let is_odd = |line: &Line<'_>| (line.text[1..].len() - line.text[1..].trim_start().len()) % 2 == 1;
        let takes_blank = !all_marked && self.lines.iter().any(|line| is_added(line) && is_odd(line));
        let is_removed = |line: &Line<'_>| line.text.starts_with('-') && !is_separator(line);
        let mut edits = Vec::new();
        for line in &self.lines {
            if is_header(line) || is_removed(line) {
                push(&mut edits, line.start..line.end, "");
            } else if is_added(line) {
                push(&mut edits, line.start..line.start + 1, if takes_blank { " " } else { "" });
            } else if all_marked && line.text.starts_with(' ') {
                push(&mut edits, line.start..line.start + 1, "");
            }
        }
        Some(Wrapped { wrapping: Wrapping::DiffMarks, span: self.lines[first].span(), edits })
    }

    fn quotes(&self) -> Option<Wrapped> {
        let first = self.lines.iter().position(|line| !line.is_blank())?;
        let quoted = self.lines.iter().filter(|line| !line.is_blank());
        if !quoted.clone().all(|line| line.text.starts_with('>')) {
            return None;
        }
        let mut edits = Vec::new();
        for line in quoted {
            let mark = if line.text.starts_with("> ") { 2 } else { 1 };
            push(&mut edits, line.start..line.start + mark, "");
        }
        Some(Wrapped { wrapping: Wrapping::QuoteMarks, span: self.lines[first].span(), edits })
    }

    fn numbers(&self) -> Option<Wrapped> {
        let number_of = |line: &Line<'t>| {
            let text = line.text.trim_start();
            let digits = text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
            let number: usize = text[..digits].parse().ok()?;
            Some((number, line.text.len() - text.len() + digits))
        };
        let numbered: Vec<(usize, usize)> = self.lines.iter().map(number_of).collect::<Option<_>>()?;
        let ascend = numbered.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0);
        if !ascend || numbered.len() < 3 {
            return None;
        }
        let behind = || self.lines.iter().zip(&numbered).map(|(line, (_, width))| &line.text[*width..]);
        let is_on_all = |mark: &&str| behind().all(|rest| rest.starts_with(mark) || mark.trim_end().starts_with(rest));
        let marks = [" | ", " |", "| ", "|", ": ", ":", ". ", ") ", "\t", " "];
        let mark = marks.into_iter().find(is_on_all).unwrap_or_default().len();
        let mut edits = Vec::new();
        for (line, (_, width)) in self.lines.iter().zip(&numbered) {
            push(&mut edits, line.start..line.start + (width + mark).min(line.text.len()), "");
        }
        Some(Wrapped { wrapping: Wrapping::LineNumbers, span: self.lines[0].span(), edits })
    }

    fn prompt(&self) -> Option<Wrapped> {
        let is_around = |line: &Line<'_>| is_prompt(line.text) || is_answer(line.text);
        let first = self.lines.iter().position(is_around)?;
        let mut edits = Vec::new();
        for line in self.lines.iter().filter(|line| is_around(line)) {
            push(&mut edits, line.start..line.end, "");
        }
        Some(Wrapped { wrapping: Wrapping::Prompt, span: self.lines[first].span(), edits })
    }
}

/// `<<EOF`, `<<'EOF'`, `<<-EOF`: the word that ends it, and whether tabs in front of lines do not count.
fn here_word(line: &str) -> Option<(&str, bool)> {
    let (before, behind) = line.split_once("<<")?;
    let rest = behind.strip_prefix('-').unwrap_or(behind).trim_start().trim_start_matches(['\'', '"', '\\']);
    let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(rest.len());
    let runs = ["cat", "kubectl", "oc", "tee", "sudo", "k"];
    let mut words = before.split([' ', '\t', '|', '>', '$']).filter(|word| !word.is_empty());
    let is_command = words.next().is_some_and(|word| runs.contains(&word));
    (is_command && end > 0).then(|| (&rest[..end], behind.starts_with('-')))
}

fn is_prompt(line: &str) -> bool {
    let starts = ["$ ", "% ", "❯ ", "➜ ", "kubectl ", "oc ", "PS C:"];
    let inside = ["$ kubectl ", "# kubectl ", "% kubectl ", "> kubectl ", "$ cat ", "$ oc ", "~]$", ":~$", ":~#"];
    let is_comment = line.starts_with('#');
    starts.iter().any(|start| line.starts_with(start))
        || !is_comment && !line.starts_with(' ') && inside.iter().any(|mark| line.contains(mark))
}

/// `job.batch/pi created`
fn is_answer(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let (object, verb) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    !line.starts_with(' ') && object.contains(".batch/") && matches!(verb, "created" | "configured" | "unchanged")
}

fn is_separator(line: &Line<'_>) -> bool {
    line.text.trim_end() == "---"
}

fn push(edits: &mut Vec<Edit>, range: Range<usize>, replacement: &str) {
    if !range.is_empty() || !replacement.is_empty() {
        edits.push(Edit { range, replacement: replacement.to_owned() });
    }
}
