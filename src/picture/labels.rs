//! How much room words take, and whether they have it.

/// How wide a text of 12 px is, roughly: enough to see whether it has room.
pub fn text_width(text: &str) -> f64 {
    text.chars().map(letter_width).sum()
}

fn letter_width(letter: char) -> f64 {
    if letter.is_ascii() || letter == '\u{a0}' { 6.3 } else { 12.2 }
}

/// How much wider bold words are.
pub const BOLD: f64 = 1.08;

/// How wide the same is in bold.
pub fn bold_width(text: &str) -> f64 {
    text_width(text) * BOLD
}

/// As much of the beginning of words as there is room for.
pub fn fitted(text: &str, room: f64) -> String {
    cut(text, room, false)
}

/// As much of the end of a name as there is room for: the end tells it from others.
pub fn ended(text: &str, room: f64) -> String {
    cut(text, room, true)
}

fn cut(text: &str, room: f64, keeps_end: bool) -> String {
    if text_width(text) <= room {
        return text.to_owned();
    }
    let mut used = letter_width('…');
    let has_room = |letter: &char| {
        used += letter_width(*letter);
        used <= room
    };
    if keeps_end {
        let left: Vec<char> = text.chars().rev().take_while(has_room).collect();
        format!("…{}", left.into_iter().rev().collect::<String>())
    } else {
        format!("{}…", text.chars().take_while(has_room).collect::<String>())
    }
}

/// Places labels from the most to the least important, and leaves out what would lie on another.
#[derive(Debug, Default)]
pub struct Labels {
    taken: Vec<(f64, f64)>,
}

impl Labels {
    /// Marks a stretch as taken.
    pub fn take(&mut self, left: f64, right: f64) {
        self.taken.push((left, right));
    }

    /// Whether nothing lies here.
    pub fn is_free(&self, left: f64, right: f64) -> bool {
        self.taken.iter().all(|(from, to)| right <= *from || *to <= left)
    }

    /// Whether a label has room here; if so, it takes it.
    pub fn fits(&mut self, left: f64, right: f64) -> bool {
        let is_free = self.is_free(left, right);
        if is_free {
            self.take(left, right);
        }
        is_free
    }
}
