//! What the page offers to be pasted is what the documentation says: one run, written both ways.

use job_playground::picture::snippet::{Form, Shown};
use job_playground::texts::Lang;
use job_playground::time::Time;
use support::{root, text};

/// The run of the documentation. Its text is the first two lines of one; an ellipsis stands for the rest.
const RUN: Shown<'_> = Shown {
    page: "https://…/",
    fragment: "v1.…",
    film: "f1.…",
    at: Some(Time::from_seconds(25)),
    lang: Lang::En,
    title: "Complete after 51 s, with 2 of 3 failures used",
    name: "pi",
    size: (720, 318.0),
    text: "apiVersion: batch/v1\nkind: Job\n…\n",
    caption: Some("The first retry"),
};

fn file(path: &str) -> String {
    text(&root().join(path))
}

#[track_caller]
fn stands_in(path: &str, snippet: &str) {
    assert!(file(path).contains(snippet.trim_end()), "{path} does not have\n{snippet}");
}

#[test]
fn a_fence_is_that_of_its_kit() {
    for form in [Form::MdBook, Form::Docusaurus, Form::MkDocs, Form::Hugo, Form::Sphinx] {
        let kit = form.kit().expect("a kit");
        stands_in(&format!("kits/{kit}/README.md"), &form.snippet(&RUN));
    }
    // VitePress reads the same fence as Docusaurus.
    stands_in("kits/vitepress/README.md", &Form::Docusaurus.snippet(&RUN));
}

#[test]
fn a_frame_an_element_and_a_picture_are_those_of_the_documentation() {
    let docs = "docs/embedding.md";
    let frame = Shown {
        page: "https://HOST/",
        at: Some(Time::from_millis(25_301)),
        title: "two failures, then success",
        ..RUN
    };
    stands_in(docs, &Form::Frame.snippet(&frame));
    let element = Shown { at: None, caption: None, text: "apiVersion: batch/v1 …", ..RUN };
    stands_in(docs, &Form::Element.snippet(&element));
    stands_in(docs, &Form::Markdown.snippet(&RUN));
}

#[test]
fn every_form_but_the_three_has_a_kit_that_is_there() {
    for form in Form::ALL {
        assert!(form.kit().is_none_or(|kit| root().join(format!("kits/{kit}/README.md")).is_file()), "{form:?}");
    }
}

#[test]
fn what_a_run_says_breaks_no_snippet() {
    let hostile =
        Shown { title: "<b>\"a\" [b] & c", text: "a: 1\n\n````\n</code></job-playground>\nb: |\n  ```\n", ..RUN };
    let snippet = |form: Form| form.snippet(&hostile);
    assert!(snippet(Form::Frame).contains("title=\"Job Playground: &lt;b&gt;&quot;a&quot; [b] &amp; c\""));
    assert!(snippet(Form::Element).contains("&lt;/code&gt;&lt;/job-playground&gt;"));
    assert!(snippet(Form::Markdown).starts_with("[![<b>\"a\" \\[b\\] & c](pi.svg)]"));
    for form in [Form::MdBook, Form::MkDocs] {
        let snippet = snippet(form);
        assert!(snippet.starts_with("`````yaml ") && snippet.ends_with("\n`````\n"), "{snippet}");
    }
    assert!(snippet(Form::Sphinx).lines().skip(4).all(|line| line.is_empty() || line.starts_with("   ")));
}
