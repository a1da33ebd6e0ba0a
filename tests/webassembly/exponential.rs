//! The portable exponential.

use chainrule::kernels;

use crate::module::{Live, assert_same};

#[test]
fn the_exponential_is_the_same() {
    let mut live = Live::new();
    for i in -7600..=7200 {
        let x = f64::from(i) * 0.100_037;
        let found = live.number("exponential", x);
        assert_same(&format!("exp({x})"), &[found], &[kernels::exp(x)]);
    }
}
