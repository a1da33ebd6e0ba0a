//! A size that does not fit into memory is an error that names it, and never a
//! panic or an abort; more threads than there is work for cost nothing.

use std::num::NonZero;

use chainrule::ndarray::{Array2, ArrayView2, array};
use chainrule::tasks::paper;
use chainrule::{
    Activation, Buffers, Dropout, Error, Parameters, Result, backward,
    evaluate, forward, forward_dropout, mc_dropout, seeded, sine, softmax,
};

/// Too many for the address space, or for any machine's memory.
const HUGE: [usize; 3] = [usize::MAX, isize::MAX as usize, 1 << 59];

fn refused<T>(result: Result<T>) -> String {
    match result {
        Ok(_) => panic!("accepted"),
        Err(error @ Error::Memory { .. }) => error.to_string(),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn networks() {
    for huge in HUGE {
        for sizes in [[huge, 1], [1, huge], [huge, huge]] {
            let expected = format!(
                "w1 of {}×{} numbers does not fit into memory",
                sizes[1], sizes[0]
            );
            let mut rng = seeded(0);
            let uniform = Parameters::uniform(&sizes, &mut rng);
            assert_eq!(refused(uniform), expected);
            assert_eq!(refused(Parameters::xavier(&sizes, &mut rng)), expected);
        }
    }
}

#[test]
fn samples_and_masks() {
    for huge in HUGE {
        assert_eq!(
            refused(sine(huge)),
            format!("the sine of 1×{huge} numbers does not fit into memory")
        );
        let dropout = Dropout::NONE;
        for message in [
            refused(dropout.draw((huge, 16), &mut seeded(0))),
            refused(dropout.draw((huge, 4, 4), &mut seeded(0))),
        ] {
            assert!(message.contains(&huge.to_string()), "{message}");
        }
        if huge != 1 << 59 {
            assert_eq!(
                refused(dropout.draw(huge, &mut seeded(0))),
                format!("a mask of {huge} numbers does not fit into memory")
            );
        }
    }
}

/// One number, seen as a matrix of very many.
fn broadcast(x: &Array2<f64>, samples: usize) -> ArrayView2<'_, f64> {
    x.broadcast((1, samples)).expect("one number is any number")
}

#[test]
fn passes() -> Result<()> {
    let parameters = Parameters::xavier(&[1, 4, 1], &mut seeded(0))?;
    let (x, f) = (array![[0.5]], Activation::Tanh);
    let mut buffers = Buffers::new().with_threads(NonZero::<usize>::MAX);
    let mut rng = seeded(0);
    let dropout = Dropout::new(0.5)?;
    for huge in [isize::MAX as usize, 1 << 59] {
        let x = broadcast(&x, huge);
        for message in [
            refused(forward(&parameters, f, x, &mut buffers)),
            refused(forward_dropout(
                &parameters,
                f,
                dropout,
                x,
                &mut rng,
                &mut buffers,
            )),
            refused(evaluate(&parameters, f, x)),
            refused(mc_dropout(&parameters, f, dropout, x, 2, &mut rng)),
        ] {
            assert!(message.contains(&huge.to_string()), "{message}");
        }
    }
    // The buffers are as good as new.
    let pass = forward(&parameters, f, x.view(), &mut buffers)?;
    let output = pass.output().to_owned();
    backward(pass, output.view())?;
    assert_eq!(evaluate(&parameters, f, x.view()), Ok(output));
    Ok(())
}

#[test]
fn any_number_of_threads() -> Result<()> {
    let parameters = Parameters::xavier(&[60, 400, 2], &mut seeded(0))?;
    let mut rng = seeded(1);
    let x = chainrule::Parameters::uniform(&[128, 60], &mut rng)?;
    let x = x.layers()[0].weights.view();
    let y = Array2::zeros((2, 128));
    let gradients = |threads| -> Result<_> {
        let mut buffers = Buffers::new().with_threads(threads);
        let f = Activation::Sigmoid;
        let pass = forward(&parameters, f, x, &mut buffers)?;
        Ok(backward(pass, y.view())?.clone())
    };
    assert_eq!(
        gradients(NonZero::<usize>::MAX),
        gradients(NonZero::<usize>::MIN)
    );
    Ok(())
}

#[test]
fn the_worked_example_is_of_its_size() -> Result<()> {
    let example = paper::example()?;
    let with = |sizes: &[usize], samples| -> Result<_> {
        let parameters = Parameters::xavier(sizes, &mut seeded(0))?;
        let x = Array2::zeros((sizes[0], samples));
        let y = Array2::zeros((sizes[sizes.len() - 1], samples));
        paper::numbers(&paper::Example { x, y, parameters })
    };
    for (sizes, samples) in [
        (vec![2, 1], 1),
        (vec![2, 2, 2, 1], 1),
        (vec![2, 3, 1], 1),
        (vec![3, 2, 1], 1),
        (vec![2, 2, 3], 1),
        (vec![2, 2, 1], 2),
    ] {
        let refused = with(&sizes, samples);
        assert!(
            matches!(refused, Err(Error::Shape { .. })),
            "{sizes:?}, {samples}"
        );
    }
    assert!(with(&[2, 2, 1], 1).is_ok());
    assert!(with(&[2, 2, 2], 1).is_ok());
    assert!(paper::numbers(&example).is_ok());
    Ok(())
}

#[test]
fn probabilities() {
    let z = array![[0.5]];
    for huge in [isize::MAX as usize, 1 << 59] {
        // An empty matrix is refused before; this one is only too large.
        let z = z.broadcast((huge, 1)).expect("one number is any number");
        let sized = Err(Error::Memory {
            what: "the probabilities".into(),
            sizes: vec![huge, 1],
        });
        assert_eq!(softmax(z), sized);
    }
}
