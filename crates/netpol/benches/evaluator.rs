//! How long everything takes: reading, building, one verdict, the table of the landing page, and who
//! reaches whom. `cargo bench -p netpol --bench evaluator`; numbers are in docs/measurements.md.

#![expect(clippy::unwrap_used, reason = "what is not there ends the measurement")]

mod generator;

use std::{hint::black_box, time::Duration};

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use generator::{Size, Variety, pod_list, read};
use netpol::{
    Analysis, Cluster, Connection, Direction, Inputs, Manifest, Source, evaluate, matrix::Matrix,
};

const LARGE: Size =
    Size { pods: 5_000, policies: 500, namespaces: 100, variety: Variety::Distinct };
const TEN_MEGABYTES: usize = 10_000_000;

fn parse(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    group.sample_size(10);
    for (name, text) in
        [("kubectl get pods, 10 MB", pod_list(TEN_MEGABYTES)), (&LARGE.name(), LARGE.text())]
    {
        read(&text);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| {
            let sources = || vec![Source::new("generated.yaml", text.clone())];
            bencher.iter_batched(sources, Manifest::read, BatchSize::PerIteration);
        });
    }
    group.finish();
}

fn build(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("build");
    for pods in [100, 1_000, 5_000] {
        let size = Size { pods, ..LARGE };
        let objects = read(&size.text()).objects.remove(0);
        group.bench_function(BenchmarkId::from_parameter(size.name()), |bencher| {
            bencher.iter_batched(|| objects.clone(), Cluster::build, BatchSize::PerIteration);
        });
    }
    group.finish();
}

fn verdict(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one verdict");
    for (pods, policies) in [(100, 50), (1_000, 50), (5_000, 500)] {
        let size = Size { pods, policies, ..LARGE };
        let cluster = size.cluster();
        let connection: Connection = "team-1/pod-1 -> team-2/pod-2:8080".parse().unwrap();
        group.bench_function(BenchmarkId::from_parameter(size.name()), |bencher| {
            bencher.iter(|| evaluate(&cluster, black_box(&connection)));
        });
    }
    group.finish();
}

fn scoreboard(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("the eight scenarios");
    let scenario = lessons::scenario(lessons::LANDING).unwrap();
    let inputs = || Inputs {
        text: vec![Source::new("policies", scenario.policies)],
        cluster: vec![Source::new("cluster", scenario.cluster_text())],
        ..Inputs::default()
    };
    let analysis = Analysis::of(inputs());
    assert!(!analysis.has_errors() && analysis.cluster.policies().count() >= 8);
    group.bench_function("scoreboard", |bencher| {
        bencher.iter(|| Direction::ALL.map(|direction| black_box(&analysis).scoreboard(direction)));
    });
    group.bench_function("text to scoreboard", |bencher| {
        bencher.iter_batched(
            inputs,
            |inputs| {
                let analysis = Analysis::of(inputs);
                Direction::ALL.map(|direction| analysis.scoreboard(direction))
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

/// Whole clusters as the command line's table and matrix meet them: 50 pods a namespace, and a policy for each four pods.
/// The largest takes its time: `NETPOL_BENCH_LARGEST=1` asks for it.
fn clusters() -> Vec<Size> {
    let of = |pods: usize, policies| Size { pods, policies, namespaces: pods / 50, ..LARGE };
    let mut sizes = vec![of(2_500, 600), of(5_000, 1_200)];
    if std::env::var_os("NETPOL_BENCH_LARGEST").is_some() {
        sizes.push(of(10_000, 2_400));
    }
    sizes
}

fn table(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("table");
    group.sample_size(10);
    for size in clusters() {
        let text = vec![Source::new("cluster", size.text())];
        let analysis = Analysis::of(Inputs { text, ..Inputs::default() });
        for direction in Direction::ALL {
            let name = BenchmarkId::new(direction.to_string(), size.name());
            group.bench_function(name, |bencher| {
                bencher.iter_with_large_drop(|| black_box(&analysis).scoreboard(direction));
            });
        }
    }
    group.finish();
}

fn matrix(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("matrix");
    group.sample_size(10).warm_up_time(Duration::from_secs(1));
    group.measurement_time(Duration::from_secs(3));
    for size in sizes().into_iter().chain(clusters()) {
        let cluster = size.cluster();
        group.bench_function(BenchmarkId::from_parameter(size.name()), |bencher| {
            bencher.iter_with_large_drop(|| Matrix::of(black_box(&cluster)));
        });
    }
    group.finish();
}

/// Every combination that is measured, small to large.
fn sizes() -> Vec<Size> {
    let mut sizes = Vec::new();
    for variety in Variety::ALL {
        for pods in [100, 1_000, 5_000] {
            for (policies, namespaces) in [(50, 20), (50, 100), (500, 20), (500, 100)] {
                sizes.push(Size { pods, policies, namespaces, variety });
            }
        }
    }
    sizes
}

criterion_group!(benches, parse, build, verdict, scoreboard, table, matrix);
criterion_main!(benches);
