//! IDX, the format of the MNIST files: a header, then one byte a number.
//!
//! LeCun, Cortes & Burges, *The MNIST database of handwritten digits*: two
//! zero bytes, 8 for bytes, the number of dimensions, then each dimension as
//! four bytes, the highest first.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use chapters::cli::Failure;
use flate2::read::MultiGzDecoder;

/// The bytes of one file, and the dimensions they are arranged in.
pub struct Idx {
    pub sizes: Vec<usize>,
    pub bytes: Vec<u8>,
}

/// More than this is no file of digits.
const LARGEST: usize = 1 << 30;

/// Reads `name` or `name.gz` in `folder`, which must have `dimensions`.
pub fn read(
    folder: &Path,
    name: &str,
    dimensions: usize,
) -> Result<Idx, Failure> {
    let plain = folder.join(name);
    let zipped = folder.join(format!("{name}.gz"));
    let path = if zipped.exists() && !plain.exists() { zipped } else { plain };
    let wrong = |reason: String| Failure::File {
        path: path.display().to_string(),
        reason,
    };
    let file = File::open(&path).map_err(|error| wrong(error.to_string()))?;
    let mut file = BufReader::new(file);
    let result = if path.extension().is_some_and(|end| end == "gz") {
        parse(&mut MultiGzDecoder::new(file), dimensions)
    } else {
        parse(&mut file, dimensions)
    };
    result.map_err(wrong)
}

fn parse(source: &mut dyn Read, dimensions: usize) -> Result<Idx, String> {
    let mut magic = [0; 4];
    exactly(source, &mut magic)?;
    let expected = [0, 0, 8, dimensions as u8];
    if magic != expected {
        return Err(format!(
            "begins with {magic:?}; an IDX file of bytes in {dimensions} \
             dimensions begins with {expected:?}"
        ));
    }
    let mut sizes = Vec::new();
    for _ in 0..dimensions {
        let mut size = [0; 4];
        exactly(source, &mut size)?;
        sizes.push(u32::from_be_bytes(size) as usize);
    }
    let total = sizes
        .iter()
        .try_fold(1_usize, |total, &size| total.checked_mul(size))
        .filter(|total| (1..=LARGEST).contains(total))
        .ok_or_else(|| {
            format!("its header says {sizes:?}, which is no size")
        })?;
    // One byte more is asked for, to see that there is none.
    let mut bytes = Vec::new();
    source
        .take(total as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("is damaged: {error}"))?;
    if bytes.len() < total {
        return Err(format!(
            "is truncated: {} of {total} bytes follow the header",
            bytes.len()
        ));
    }
    if bytes.len() > total {
        return Err(format!("goes on after the {total} bytes of its header"));
    }
    Ok(Idx { sizes, bytes })
}

fn exactly(source: &mut dyn Read, bytes: &mut [u8]) -> Result<(), String> {
    source.read_exact(bytes).map_err(|error| match error.kind() {
        std::io::ErrorKind::UnexpectedEof => {
            "is truncated: it ends within its header".to_owned()
        }
        _ => format!("is damaged: {error}"),
    })
}
