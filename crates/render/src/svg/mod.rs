//! The table as a picture that stands alone: text as text in the system's fonts, the page's light palette, and what it shows in
//! words for those who listen. No script, no style sheet, nothing fetched.

mod cell;
mod measure;

use std::fmt::Write as _;

use crate::{
    html::escaped,
    plain::harmless,
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

const CAPTION: Font = Font::Sans(13.0);
const HEADING: Font = Font::Bold(13.0);
const NAME: Font = Font::Bold(14.0);
const SPEC: Font = Font::Mono(12.5);
const LINE_HEIGHT: f32 = 17.0;
const PADDING: f32 = 14.0;
/// Caption and headings.
const HEAD: f32 = 70.0;
/// Where a name or what the rules say is parted.
const WIDEST_NAME: f32 = 250.0;

/// The table as SVG.
pub fn svg(table: &Table) -> String {
    let mut rows: Vec<Row> =
        table.rows.iter().map(|row| Row::of(&row.policy, &row.spec, &row.answers)).collect();
    rows.push(Row::of(TOGETHER, "", &table.together));
    let widths = widths(&rows);
    let wide =
        (widths.iter().sum::<f32>() + 6.0).max(CAPTION.width(table.caption()) + 2.0 * PADDING);
    let high = HEAD + rows.iter().map(Row::height).sum::<f32>();
    let mut svg = opening(table, (wide, high));
    head(&mut svg, table, &widths);
    let mut y = HEAD;
    let last = rows.len() - 1;
    for (at, row) in rows.iter().enumerate() {
        if at == last {
            bar(&mut svg, (y, row.height()), wide);
        }
        let _ = writeln!(svg, "<path d=\"M1 {y:.1}H{:.1}\" stroke=\"{LINE}\"/>", wide - 1.0);
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
    fn words_height(&self) -> f32 {
        self.words().map(|_| LINE_HEIGHT).sum()
    }

    fn height(&self) -> f32 {
        let cells = self.cells.iter().map(|cell| cell.size().1);
        cells.fold(self.words_height() + 12.0, f32::max)
    }

    fn draw(&self, svg: &mut String, y: f32, widths: &[f32; 4]) {
        let [name, cells @ ..] = widths;
        let mut baseline = y + (self.height() - self.words_height()) / 2.0 + 13.0;
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
fn widths(rows: &[Row]) -> [f32; 4] {
    let words = rows.iter().flat_map(Row::words).map(|(font, _, line)| font.width(line));
    let mut names = words.fold(0.0, f32::max) + PADDING + 8.0;
    names = names.max(120.0);
    let [same, cross, external] = COLUMNS.map(|heading| HEADING.width(heading) + 16.0);
    let mut cells = [same, cross, external];
    for row in rows {
        for (wide, cell) in cells.iter_mut().zip(&row.cells) {
            *wide = wide.max(cell.size().0);
        }
    }
    let [same, cross, external] = cells;
    [names, same, cross, external]
}

/// The picture's frame, and all it shows in words.
fn opening(table: &Table, (wide, high): (f32, f32)) -> String {
    let mut words = String::new();
    let named = table.rows.iter().map(|row| (row.policy.as_str(), &row.answers));
    for (name, answers) in named.chain([(TOGETHER, &table.together)]) {
        let cells = COLUMNS.iter().zip(answers);
        let cells: Vec<_> =
            cells.map(|(column, answer)| format!("{column} {}", answer.words())).collect();
        let _ = write!(words, "{name}: {}. ", cells.join("; "));
    }
    let (whole_wide, whole_high) = (wide.ceil(), high.ceil());
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{whole_wide}\" height=\"{whole_high}\" viewBox=\"0 0 {whole_wide} {whole_high}\">\n\
        <title>{}</title>\n<desc>{}</desc>\n{HATCH}<g font-family=\"{SANS}\">\n\
        <rect x=\"0.5\" y=\"0.5\" width=\"{:.1}\" height=\"{:.1}\" rx=\"10\" fill=\"#fff\" stroke=\"{LINE}\"/>\n",
        table.caption(),
        escaped(words.trim_end()),
        whole_wide - 1.0,
        whole_high - 1.0,
    )
}

fn head(svg: &mut String, table: &Table, widths: &[f32; 4]) {
    put(svg, (PADDING, 27.0), CAPTION, MUTED, table.caption());
    let [names, cells @ ..] = widths;
    put(svg, (PADDING, 57.0), HEADING, MUTED, "Policy");
    let mut x = *names;
    for (heading, wide) in COLUMNS.iter().zip(cells) {
        put(svg, (x + 8.0, 57.0), HEADING, MUTED, heading);
        x += wide;
    }
}

/// What sets the last row off, round where the picture is.
fn bar(svg: &mut String, (y, high): (f32, f32), wide: f32) {
    let (right, straight) = (wide.ceil() - 1.0, high - 11.0);
    let _ = writeln!(
        svg,
        "<path d=\"M1 {y:.1}H{right}v{straight:.1}q0 10 -10 10H11q-10 0 -10 -10z\" fill=\"{SOFT}\"/>"
    );
}

/// A line of text.
fn put(svg: &mut String, (x, y): (f32, f32), font: Font, ink: &str, text: &str) {
    let more = match font {
        Font::Sans(_) => String::new(),
        Font::Bold(_) => " font-weight=\"600\"".to_owned(),
        Font::Mono(_) => format!(" font-family=\"{MONO}\""),
    };
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{}\" fill=\"{ink}\"{more}>{}</text>",
        font.size(),
        escaped(text)
    );
}
