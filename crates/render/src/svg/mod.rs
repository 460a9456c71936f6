//! The table as a picture that stands alone: text as text in the system's fonts, the page's light palette, and what it shows in
//! words for those who listen. No script, no style sheet, nothing fetched.

mod cell;
mod measure;

use std::fmt::Write as _;

use crate::{
    harmless,
    html::escaped,
    table::{Answer, COLUMNS, TOGETHER, Table},
};
use cell::{Cell, HATCH};
use measure::Font;

const SANS: &str =
    "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";
const MONO: &str = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
const INK: &str = "#1b2430";
const MUTED: &str = "#5b6675";
const LINE: &str = "#e3e6ea";
const SOFT: &str = "#f3f5f7";

const CAPTION: Font = Font::Sans(130);
const HEADING: Font = Font::Bold(130);
const NAME: Font = Font::Bold(140);
const SPEC: Font = Font::Mono(125);
const LINE_HEIGHT: i32 = 17;
const PADDING: i32 = 14;
/// Caption and headings.
const HEAD: i32 = 70;
/// Where a name or what the rules say is parted.
const WIDEST_NAME: i32 = 250;

/// The table as SVG.
pub fn svg(table: &Table) -> String {
    let mut rows: Vec<Row> =
        table.rows.iter().map(|row| Row::of(&row.policy, &row.spec, &row.answers)).collect();
    rows.push(Row::of(TOGETHER, "", &table.together));
    let widths = widths(&rows);
    let wide = (widths.iter().sum::<i32>() + 6).max(CAPTION.width(table.caption()) + 2 * PADDING);
    let high = HEAD + rows.iter().map(Row::height).sum::<i32>();
    let mut svg = opening(table, (wide, high));
    head(&mut svg, table, &widths);
    let mut y = HEAD;
    let last = rows.len() - 1;
    for (at, row) in rows.iter().enumerate() {
        if at == last {
            bar(&mut svg, (y, row.height()), wide);
        }
        let _ = writeln!(svg, "<path d=\"M1 {y}H{}\" stroke=\"{LINE}\"/>", wide - 1);
        row.draw(&mut svg, y, &widths);
        y += row.height();
    }
    svg.push_str("</g>\n</svg>");
    svg
}

/// A row, its words parted into lines.
struct Row {
    name: Vec<String>,
    spec: Vec<String>,
    cells: [Cell; 3],
}

impl Row {
    fn of(name: &str, spec: &str, answers: &[Answer; 3]) -> Self {
        let spec =
            if spec.is_empty() { Vec::new() } else { SPEC.wrap(&harmless(spec), WIDEST_NAME) };
        Self {
            name: NAME.wrap(&harmless(name), WIDEST_NAME),
            spec,
            cells: answers.each_ref().map(Cell::of),
        }
    }

    fn words(&self) -> impl Iterator<Item = (Font, &'static str, &String)> {
        let name = self.name.iter().map(|line| (NAME, INK, line));
        name.chain(self.spec.iter().map(|line| (SPEC, MUTED, line)))
    }

    /// How high name and rules are.
    fn words_height(&self) -> i32 {
        self.words().map(|_| LINE_HEIGHT).sum()
    }

    fn height(&self) -> i32 {
        let cells = self.cells.iter().map(|cell| cell.size().1);
        cells.fold(self.words_height() + 12, i32::max)
    }

    fn draw(&self, svg: &mut String, y: i32, widths: &[i32; 4]) {
        let [name, cells @ ..] = widths;
        let mut baseline = y + (self.height() - self.words_height()) / 2 + 13;
        for (font, ink, line) in self.words() {
            put(svg, (PADDING, baseline), font, ink, line);
            baseline += LINE_HEIGHT;
        }
        let mut x = *name;
        for (cell, wide) in self.cells.iter().zip(cells) {
            cell.draw(svg, (x, y), (*wide, self.height()));
            x += wide;
        }
    }
}

/// How wide the columns are: that of the names, and those of the cells.
fn widths(rows: &[Row]) -> [i32; 4] {
    let words = rows.iter().flat_map(Row::words).map(|(font, _, line)| font.width(line));
    let mut names = words.fold(0, i32::max) + PADDING + 8;
    names = names.max(120);
    let [same, cross, external] = COLUMNS.map(|heading| HEADING.width(heading) + 16);
    let mut cells = [same, cross, external];
    for row in rows {
        for (wide, cell) in cells.iter_mut().zip(&row.cells) {
            *wide = (*wide).max(cell.size().0);
        }
    }
    let [same, cross, external] = cells;
    [names, same, cross, external]
}

/// The picture's frame, and all it shows in words.
fn opening(table: &Table, (wide, high): (i32, i32)) -> String {
    let mut words = String::new();
    let named = table.rows.iter().map(|row| (row.policy.as_str(), &row.answers));
    for (name, answers) in named.chain([(TOGETHER, &table.together)]) {
        let cells = COLUMNS.iter().zip(answers);
        let cells: Vec<_> =
            cells.map(|(column, answer)| format!("{column} {}", answer.words())).collect();
        let _ = write!(words, "{name}: {}. ", cells.join("; "));
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{wide}\" height=\"{high}\" viewBox=\"0 0 {wide} {high}\">\n\
        <title>{}</title>\n<desc>{}</desc>\n{HATCH}<g font-family=\"{SANS}\">\n\
        <rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"10\" fill=\"#fff\" stroke=\"{LINE}\"/>\n",
        table.caption(),
        escaped(words.trim_end()),
        wide - 1,
        high - 1,
    )
}

fn head(svg: &mut String, table: &Table, widths: &[i32; 4]) {
    put(svg, (PADDING, 27), CAPTION, MUTED, table.caption());
    let [names, cells @ ..] = widths;
    put(svg, (PADDING, 57), HEADING, MUTED, "Policy");
    let mut x = *names;
    for (heading, wide) in COLUMNS.iter().zip(cells) {
        put(svg, (x + 8, 57), HEADING, MUTED, heading);
        x += wide;
    }
}

/// What sets the last row off, round where the picture is.
fn bar(svg: &mut String, (y, high): (i32, i32), wide: i32) {
    let (right, straight) = (wide - 1, high - 11);
    let _ = writeln!(
        svg,
        "<path d=\"M1 {y}H{right}v{straight}q0 10 -10 10H11q-10 0 -10 -10z\" fill=\"{SOFT}\"/>"
    );
}

/// A line of text.
fn put(svg: &mut String, (x, y): (i32, i32), font: Font, ink: &str, text: &str) {
    let more = match font {
        Font::Sans(_) => String::new(),
        Font::Bold(_) => " font-weight=\"600\"".to_owned(),
        Font::Mono(_) => format!(" font-family=\"{MONO}\""),
    };
    let (whole, tenth) = (font.size() / 10, font.size() % 10);
    let _ = writeln!(
        svg,
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{whole}.{tenth}\" fill=\"{ink}\"{more}>{}</text>",
        escaped(text)
    );
}
