//! A network in sixteen characters: two that differ in one bit of one parameter
//! have different ones.

use chainrule::Parameters;

/// FNV-1a (Fowler, Noll & Vo) over the bytes of every parameter.
pub fn digest(parameters: &Parameters) -> u64 {
    let layers = parameters.layers().iter();
    let values = layers.flat_map(|l| l.weights.iter().chain(&l.bias));
    let bytes = values.flat_map(|value| value.to_bits().to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chainrule::seeded;

    #[test]
    fn one_bit_is_seen() {
        let mut parameters =
            Parameters::uniform(&[1, 25, 1], &mut seeded(0)).expect("sizes");
        let before = digest(&parameters);
        for k in 0..parameters.count() {
            let value = parameters.values_mut().nth(k).expect("a parameter");
            *value = f64::from_bits(value.to_bits() ^ 1);
            assert_ne!(digest(&parameters), before, "{k}");
            let value = parameters.values_mut().nth(k).expect("a parameter");
            *value = f64::from_bits(value.to_bits() ^ 1);
        }
        assert_eq!(digest(&parameters), before);
    }
}
