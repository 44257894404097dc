//! Sharing in English.

use crate::manifest::redact::What;
use crate::texts::format::count;
use crate::texts::share::ShareWords;

pub(in crate::texts) static SHARE: ShareWords = ShareWords {
    about: "A link carries the whole text: who opens it sees the same run, to the millisecond. Nothing leaves your browser: \
            the part behind # is never sent to a server.",
    link: "Link",
    copy_link: "Copy link",
    copy_by_key: "Press Ctrl+C or ⌘C",
    link_length: |length| {
        let note = match length {
            0..=2000 => "short enough for chats and tickets",
            2001..=8000 => "some chat programs cut links of more than 2,000",
            _ => "too long for many programs; send the text as a file",
        };
        format!("{} characters, {note}", count(length as i64))
    },
    at_moment: |clock| format!("At this moment, {clock}"),
    at_mark: |clock| format!("At this moment, {clock}, with its Why"),
    redact: "Redact names, images, values, commands",
    would_replace: |kinds| format!("Redacting replaces {}.", counted(kinds)),
    replaced: |kinds| format!("Replaced: {}", counted(kinds)),
    nothing_to_replace: "There is nothing to replace.",
    has_chance: "Chance goes by names: other pods may be lucky in the redacted run.",
    records: "Recording the redacted run…",
    no_run: "This text has no run of its own: there is only its link and its file.",

    embed: "Embed",
    frame: "Frame",
    element: "Element",
    for_frame: "For Confluence, Notion, Moodle: the whole film is in the address.",
    for_element: |name| {
        format!("Save {name}.svg and {name}.film.json beside your page, and job-playground.js with its scripts.")
    },
    for_picture: |name| format!("For a README or an issue: save {name}.svg beside it."),
    for_hugo: |name| format!("Save the text as runs/{name}.yaml; the kit does the rest when the site is built."),
    for_kit: "The kit makes a run of it when the site is built.",
    snippet: "What to paste",
    characters: |length| format!("{} characters", count(length as i64)),
    qr: "QR code of the link",
    qr_too_long: |length, most| {
        format!(
            "The link has {} characters. A camera reads QR codes of up to {}.",
            count(length as i64),
            count(most as i64)
        )
    },

    save: "Save",
    file: "Text",
    picture: "Picture",
    pixels: |scale| format!("PNG, {scale}×"),
    no_pixels: "The browser made no PNG of it. Save the picture instead: an SVG file.",
    film: "Film",
    trace: "Trace",
    perfetto: "For Perfetto",
    qr_file: "QR code",
    width: "Width",
    widths: ["720 px", "380 px"],
    colours: "Colours",
    themes: ["Both", "Light", "Dark"],
};

fn counted(kinds: &[(What, usize)]) -> String {
    let kinds: Vec<String> = kinds
        .iter()
        .map(|(what, number)| {
            let (one, many) = match what {
                What::Name => ("name", "names"),
                What::Image => ("image", "images"),
                What::Label => ("label", "labels"),
                What::Value => ("value", "values"),
                What::Command => ("command", "commands"),
                What::Text => ("other text", "other texts"),
            };
            format!("{} {}", count(*number as i64), if *number == 1 { one } else { many })
        })
        .collect();
    kinds.join(", ")
}
