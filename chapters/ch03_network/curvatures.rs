//! Is this the bottom? The slope and all curvatures of the cost at a point.

use chainrule::{Buffers, Error, Network, Parameters, backward, forward};
use ndarray::Array2;

/// What the cost is like around a network's parameters.
pub struct Ground {
    /// The length ‖∇J‖ of the gradient.
    pub slope: f64,
    /// The curvatures of J in as many directions as there are parameters, from
    /// the smallest on; below 0 the ground bends down.
    pub curvatures: Vec<f64>,
}

/// Looks at the cost around the parameters of a small network.
///
/// The matrix of second derivatives is made of differences of gradients, a
/// column a parameter: for p parameters that is 2·p passes, and p² numbers.
// ANCHOR: ground
pub fn ground(
    network: &Network,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Result<Ground, Error> {
    const H: f64 = 1e-5;
    let here = network.parameters();
    let gradient = |parameters: &Parameters| {
        let mut buffers = Buffers::new();
        let f = network.activation();
        let pass = forward(parameters, f, x.view(), &mut buffers)?;
        Ok(backward(pass, y.view())?.values().collect::<Vec<_>>())
    };
    let moved = |i: usize, by: f64| {
        let mut moved = here.clone();
        moved.values_mut().skip(i).take(1).for_each(|value| *value += by);
        gradient(&moved)
    };
    let mut second = Array2::zeros((here.count(), here.count()));
    for i in 0..here.count() {
        let slopes = moved(i, H)?.into_iter().zip(moved(i, -H)?);
        for (j, (above, below)) in slopes.enumerate() {
            // Half here and half across: the matrix is symmetric.
            let entry = (above - below) / (4.0 * H);
            second[[i, j]] += entry;
            second[[j, i]] += entry;
        }
    }
    let slope = gradient(here)?.iter().fold(0.0, |sum, g| sum + g * g).sqrt();
    Ok(Ground { slope, curvatures: eigenvalues(second) })
}
// ANCHOR_END: ground

/// The eigenvalues of a symmetric matrix, from the smallest on, by Jacobi's
/// method: turn the plane of two axes until the entry between them is 0, and
/// so on with all pairs of axes, until nothing is left beside the diagonal.
fn eigenvalues(mut matrix: Array2<f64>) -> Vec<f64> {
    const ROUNDS: usize = 50; // it takes fewer than ten
    let size = matrix.nrows();
    for _ in 0..ROUNDS {
        let before = matrix.clone();
        for p in 0..size {
            for q in p + 1..size {
                turn(&mut matrix, p, q);
            }
        }
        if matrix == before {
            break;
        }
    }
    let mut values = matrix.diag().to_vec();
    values.sort_by(f64::total_cmp);
    values
}

/// Turns the axes p and q so that the entry between them is 0; an entry that
/// is lost beside those on the diagonal is taken for 0.
fn turn(matrix: &mut Array2<f64>, p: usize, q: usize) {
    let (pp, qq, pq) = (matrix[[p, p]], matrix[[q, q]], matrix[[p, q]]);
    if pq == 0.0 {
        return;
    }
    let half = (qq - pp) / (2.0 * pq);
    let tangent = half.signum() / (half.abs() + (half * half + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for k in 0..matrix.nrows() {
        let (kp, kq) = (matrix[[k, p]], matrix[[k, q]]);
        matrix[[k, p]] = cosine * kp - sine * kq;
        matrix[[k, q]] = sine * kp + cosine * kq;
    }
    for k in 0..matrix.nrows() {
        let (pk, qk) = (matrix[[p, k]], matrix[[q, k]]);
        matrix[[p, k]] = cosine * pk - sine * qk;
        matrix[[q, k]] = sine * pk + cosine * qk;
    }
    matrix[[p, q]] = 0.0;
    matrix[[q, p]] = 0.0;
}

#[cfg(test)]
mod tests {
    use super::*;
    use chainrule::{Activation, Layer, Result};
    use ndarray::array;

    #[test]
    fn eigenvalues_of_matrices_that_are_known() {
        let close = |matrix: Array2<f64>, expected: &[f64]| {
            let found = eigenvalues(matrix);
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-14, "{found}");
            }
        };
        close(array![[2.0, 1.0], [1.0, 2.0]], &[1.0, 3.0]);
        close(array![[0.0, -2.0], [-2.0, 0.0]], &[-2.0, 2.0]);
        close(array![[3.0, 0.0], [0.0, -1.0]], &[-1.0, 3.0]);
        let root = 2.0_f64.sqrt();
        let chain =
            array![[2.0, -1.0, 0.0], [-1.0, 2.0, -1.0], [0.0, -1.0, 2.0]];
        close(chain, &[2.0 - root, 2.0, 2.0 + root]);
    }

    /// One weight and one bias: J is a parabola, whose curvatures are the
    /// eigenvalues of the means of x², x and 1.
    #[test]
    fn the_ground_of_a_straight_line() -> Result<()> {
        let layer = Layer { weights: array![[1.0]], bias: array![[2.0]] };
        let parameters = Parameters::from_layers(vec![layer])?;
        let network = Network::new(parameters, Activation::Sigmoid);
        let (x, y) = (array![[-1.0, 1.0]], array![[1.0, 0.0]]);
        // The answers 1 and 3 are 0 and 3 too high: dw is 1.5 and db is 1.5.
        let ground = ground(&network, &x, &y)?;
        assert!((ground.slope - 4.5_f64.sqrt()).abs() < 1e-12);
        let off = |c: &f64| (c - 1.0).abs();
        assert!(ground.curvatures.iter().all(|c| off(c) < 1e-9));
        assert_eq!(ground.curvatures.len(), 2);
        Ok(())
    }
}
