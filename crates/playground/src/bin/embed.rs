//! The widget's start: mounts it where embed.html leaves room for it.

fn main() {
    playground::browser::mount::<playground::embed::Embed>();
}
