//! Mounts the page.

fn main() {
    job_playground::web::mount();
}
