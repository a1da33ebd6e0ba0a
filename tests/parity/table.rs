//! Two programs' numbers side by side: equal, or how far apart.

use chainrule::ndarray::{Array2, ArrayView2};
use chainrule::{Gradients, Parameters};

use crate::fixture::Fixture;

/// How far a number may be from NumPy's, relative to its size.
pub const TOLERANCE: f64 = 1e-10;

/// What two programs computed, row by row; printed when a test fails.
#[derive(Default)]
pub struct Table(pub Vec<(String, bool, f64)>);

impl Table {
    /// Compares numbers; `size` is what a difference is divided by.
    pub fn row(
        &mut self,
        name: &str,
        mine: &[f64],
        theirs: &[f64],
        size: impl Fn(f64) -> f64,
    ) {
        assert_eq!(mine.len(), theirs.len(), "{name}: as many numbers");
        let mut worst = 0.0_f64;
        for (&a, &b) in mine.iter().zip(theirs) {
            let difference = if a == b { 0.0 } else { (a - b).abs() / size(b) };
            worst = if difference.is_nan() {
                f64::INFINITY
            } else {
                difference.max(worst)
            };
        }
        self.0.push((name.to_owned(), mine == theirs, worst));
    }

    /// Compares losses, each relative to itself.
    pub fn losses(&mut self, name: &str, mine: &[f64], theirs: &[f64]) {
        self.row(name, mine, theirs, f64::abs);
    }

    /// Compares matrices, relative to the largest entry.
    pub fn matrix(
        &mut self,
        name: &str,
        mine: ArrayView2<'_, f64>,
        theirs: &Array2<f64>,
    ) {
        assert_eq!(mine.dim(), theirs.dim(), "{name}: the same shape");
        let largest = theirs
            .iter()
            .fold(0.0_f64, |largest, value| largest.max(value.abs()));
        let flat = |matrix: ArrayView2<'_, f64>| {
            matrix.iter().copied().collect::<Vec<_>>()
        };
        self.row(name, &flat(mine), &flat(theirs.view()), |_| largest);
    }

    /// Compares the gradients of the first step.
    pub fn gradients(&mut self, mine: &Gradients, fixture: &Fixture) {
        for (layer, l) in mine.layers().iter().zip(1..) {
            for (name, mine) in
                [(format!("dw{l}"), &layer.dw), (format!("db{l}"), &layer.db)]
            {
                self.matrix(
                    &name,
                    mine.view(),
                    &fixture.matrix(&format!("grad0_{name}")),
                );
            }
        }
    }

    /// Compares the parameters at the end.
    pub fn parameters(&mut self, mine: &Parameters, fixture: &Fixture) {
        let theirs = fixture.parameters("final");
        assert_eq!(mine.sizes(), theirs.sizes());
        for ((mine, theirs), l) in
            mine.layers().iter().zip(theirs.layers()).zip(1..)
        {
            self.matrix(
                &format!("final w{l}"),
                mine.weights.view(),
                &theirs.weights,
            );
            self.matrix(&format!("final b{l}"), mine.bias.view(), &theirs.bias);
        }
    }

    pub fn print(&self, title: &str) {
        println!(
            "{title}\n  {:16}{:>8}  largest relative difference",
            "", "exact"
        );
        for (name, exact, worst) in &self.0 {
            println!("  {name:16}{exact:>8}  {worst:.1e}");
        }
    }

    pub fn check(self, title: &str) {
        self.print(title);
        assert!(!self.0.is_empty());
        for (name, _, worst) in self.0 {
            assert!(
                worst <= TOLERANCE,
                "{title}: {name} is {worst:.1e} from NumPy's"
            );
        }
    }
}
