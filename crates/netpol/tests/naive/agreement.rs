//! One connection, two answers: whether they agree, how often, and the smallest text on which they
//! do not.

use netpol::{Analysis, evaluate, verdict::DirectionVerdict};

use super::{
    analysis,
    evaluator::{Plugin, Question},
    generator::{Size, documents},
    questions::connection,
    random::Random,
    tree::Tree,
    world::World,
    writing::{plain_yaml, yaml},
};

/// Every how many questions it is asked, too, whether the answer depends on the network plugin.
const PLUGINS_EVERY: usize = 8;

/// How many answers were compared, and how they came out.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) clusters: usize,
    pub(crate) connections: usize,
    pub(crate) allowed: usize,
    pub(crate) denied: usize,
    /// Of them: those on which some policy had a say.
    pub(crate) isolated: usize,
    /// How often it was asked whether the network plugin decides, and how often it does.
    pub(crate) plugins_asked: usize,
    pub(crate) plugins_decide: usize,
    /// Answers that take a value which only the cluster knows.
    pub(crate) unknown: usize,
}

/// Compares clusters, question by question.
pub(crate) struct Contest {
    pub(crate) tally: Tally,
}

/// What one side says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Answer {
    is_allowed: bool,
    /// Asked of every few questions only.
    depends_on_plugin: Option<bool>,
}

impl Contest {
    pub(crate) fn new() -> Self {
        Self { tally: Tally::default() }
    }

    /// Asks both evaluators `count` questions about the cluster of a seed.
    pub(crate) fn compare(&mut self, seed: u64, size: Size, count: usize) {
        let mut random = Random::new(seed);
        let documents = documents(&mut random, size);
        let text = yaml(&documents, &mut random);
        let analysis = analysis(&text);
        let errors: Vec<_> =
            analysis.diagnostics.iter().filter(|d| d.is_error()).map(ToString::to_string).collect();
        assert!(errors.is_empty(), "seed {seed}: {errors:#?}\n{text}");
        let world = World::read(&text).unwrap();
        self.tally.clusters += 1;
        for (at, question) in world.questions(count, &mut random).iter().enumerate() {
            let with_plugins = at % PLUGINS_EVERY == 0;
            if let Some([ours, theirs]) = self.ask(&analysis, &world, question, with_plugins) {
                let differs = |text: &str| Self::new().differs(text, question);
                panic!(
                    "seed {seed}, {}\n{ours:?} is the verdict\n{theirs:?} says the naive \
                     evaluator\n\n{}\nas it was generated:\n{text}",
                    connection(question),
                    shrunk(&documents, differs),
                );
            }
        }
    }

    /// Both answers, if they differ.
    fn ask(
        &mut self,
        analysis: &Analysis,
        world: &World,
        question: &Question,
        with_plugins: bool,
    ) -> Option<[Answer; 2]> {
        let ours = self.verdict(analysis, question, with_plugins);
        let is_allowed = world.allows(question, Plugin::USUAL);
        let differs = |plugin: Plugin| world.allows(question, plugin) != is_allowed;
        let depends = || Plugin::ALL.into_iter().any(differs);
        let theirs = Answer { is_allowed, depends_on_plugin: with_plugins.then(depends) };
        (ours != theirs).then_some([ours, theirs])
    }

    fn verdict(&mut self, analysis: &Analysis, question: &Question, with_plugins: bool) -> Answer {
        let verdict = evaluate(&analysis.cluster, &connection(question)).unwrap();
        let is_allowed = verdict.is_allowed();
        let depends_on_plugin = with_plugins.then(|| verdict.depends());
        let isolates = |side: &DirectionVerdict| matches!(side, DirectionVerdict::Isolated { .. });
        let tally = &mut self.tally;
        tally.connections += 1;
        tally.allowed += usize::from(is_allowed);
        tally.denied += usize::from(!is_allowed);
        tally.isolated += usize::from(
            verdict.always.is_none() && (isolates(&verdict.egress) || isolates(&verdict.ingress)),
        );
        tally.plugins_asked += usize::from(with_plugins);
        tally.plugins_decide += usize::from(depends_on_plugin == Some(true));
        tally.unknown += usize::from(verdict.is_unknown());
        Answer { is_allowed, depends_on_plugin }
    }

    /// Whether the answers differ on a text that both can read.
    fn differs(&mut self, text: &str, question: &Question) -> bool {
        let analysis = analysis(text);
        let knows = evaluate(&analysis.cluster, &connection(question)).is_ok();
        let world = World::read(text).filter(|_| knows && !analysis.has_errors());
        world.is_some_and(|world| self.ask(&analysis, &world, question, true).is_some())
    }
}

/// Leaves out whatever can be left out while something is still wrong with the rest.
pub(crate) fn shrunk(documents: &[Tree], is_wrong: impl Fn(&str) -> bool) -> String {
    let text = |tree: &Tree| match tree {
        Tree::List(documents) => plain_yaml(documents),
        _ => String::new(),
    };
    let mut smallest = Tree::List(documents.to_vec());
    let mut at = 0;
    while at < smallest.pieces() {
        let smaller = smallest.without(at);
        if is_wrong(&text(&smaller)) {
            smallest = smaller;
        } else {
            at += 1;
        }
    }
    text(&smallest)
}
