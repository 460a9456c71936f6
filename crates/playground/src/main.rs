//! The page's start: mounts the playground where index.html leaves room for it.

fn main() {
    playground::browser::mount::<playground::App>();
}
