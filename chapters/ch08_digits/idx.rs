//! IDX, the format of the MNIST files: a header, then one byte a number.
//!
//! LeCun, Cortes & Burges, *The MNIST database of handwritten digits*: two
//! zero bytes, 8 for bytes, the number of dimensions, then each dimension as
//! four bytes, the highest first.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::GzDecoder;

use crate::cli::Failure;

/// The bytes of one file, and the dimensions they are arranged in.
#[derive(Debug)]
pub struct Idx {
    /// The dimensions, the slowest first.
    pub sizes: Vec<usize>,
    /// The numbers.
    pub bytes: Vec<u8>,
}

/// A zipped file is no larger than what is in it, or not worth reading.
const LARGEST: u64 = 1 << 26;

/// Reads `name` or `name.gz` in `folder`, in no more than these dimensions.
///
/// # Errors
/// [`Failure::File`] if there is no such file, or it is no IDX file of bytes
/// in so many dimensions, each of at least 1 and at most the one of `most`.
pub fn read(folder: &Path, name: &str, most: &[usize]) -> Result<Idx, Failure> {
    let plain = folder.join(name);
    let zipped = folder.join(format!("{name}.gz"));
    let zip = zipped.exists() && !plain.exists();
    let path = if zip { zipped } else { plain };
    let result = open(&path).and_then(|file| {
        if zip { unzip(file, most) } else { parse(file, most) }
    });
    result.map_err(|reason| Failure::File {
        path: path.display().to_string(),
        reason,
    })
}

/// A file and nothing else: reading a pipe or a device may never end.
fn open(path: &Path) -> Result<BufReader<File>, String> {
    let found = path.metadata().map_err(|error| error.to_string())?;
    if !found.is_file() {
        return Err("is no regular file".to_owned());
    }
    let file = File::open(path).map_err(|error| error.to_string())?;
    Ok(BufReader::new(file))
}

/// Reads an IDX file that is zipped, in one piece.
///
/// # Errors
/// What is wrong with it, as the end of a sentence.
pub fn unzip(zipped: impl BufRead, most: &[usize]) -> Result<Idx, String> {
    let mut decoder = GzDecoder::new(zipped.take(LARGEST));
    let idx = parse(&mut decoder, most)?;
    // A second member would be passed over; a million would take their time.
    let rest = decoder.into_inner().fill_buf().map(|rest| rest.len());
    match rest.map_err(|error| format!("is damaged: {error}"))? {
        0 => Ok(idx),
        _ => Err("goes on after its first gzip member".to_owned()),
    }
}

/// Reads an IDX file, whose memory grows with what is there, not with what
/// its header promises.
///
/// # Errors
/// What is wrong with it, as the end of a sentence.
pub fn parse(mut source: impl Read, most: &[usize]) -> Result<Idx, String> {
    let source = &mut source;
    let dimensions = most.len();
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
    let fits = |(size, most): (&usize, &usize)| (1..=*most).contains(size);
    if !sizes.iter().zip(most).all(fits) {
        return Err(format!(
            "its header says {sizes:?}; each is at least 1, and they are at \
             most {most:?}"
        ));
    }
    let total: usize = sizes.iter().product();
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

fn exactly(source: &mut impl Read, bytes: &mut [u8]) -> Result<(), String> {
    source.read_exact(bytes).map_err(|error| match error.kind() {
        std::io::ErrorKind::UnexpectedEof => {
            "is truncated: it ends within its header".to_owned()
        }
        _ => format!("is damaged: {error}"),
    })
}
