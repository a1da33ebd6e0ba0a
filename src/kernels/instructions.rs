//! Which vector instructions the loops are compiled for, chosen at run time.

/// A set of processor instructions that our loops exist for.
///
/// The result never depends on it (see [`crate::kernels`]); only the time
/// does. Forcing [`Instructions::PLAIN`] is how the tests prove that.
///
/// ```
/// use chainrule::kernels::Instructions;
///
/// assert!(Instructions::available().contains(&Instructions::PLAIN));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instructions(Level);

/// Which copy [`dispatched!`](crate::dispatched) calls. Public for that macro
/// alone: no [`Instructions`] can be made from it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Plain,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Instructions {
    /// What every processor of the target has: SSE2 on x86-64.
    pub const PLAIN: Instructions = Instructions(Level::Plain);

    /// Every set this processor can run, from the plainest to the widest.
    pub fn available() -> Vec<Instructions> {
        Level::ALL
            .iter()
            .filter(|level| level.is_available())
            .map(|&l| Instructions(l))
            .collect()
    }

    /// The widest set this processor can run.
    pub fn best() -> Instructions {
        *Self::available().last().unwrap_or(&Instructions::PLAIN)
    }

    #[doc(hidden)]
    pub fn level(self) -> Level {
        self.0
    }
}

impl Level {
    #[cfg(target_arch = "x86_64")]
    const ALL: &[Level] = &[Level::Plain, Level::Avx2, Level::Avx512];
    #[cfg(not(target_arch = "x86_64"))]
    const ALL: &[Level] = &[Level::Plain];

    fn is_available(self) -> bool {
        match self {
            Level::Plain => true,
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => {
                is_x86_feature_detected!("avx2")
                    && is_x86_feature_detected!("fma")
            }
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512bw")
            }
        }
    }
}

impl Default for Instructions {
    fn default() -> Self {
        Self::best()
    }
}

/// Declares `fn name(instructions, …)`: the `#[inline(always)]` function
/// `body`, compiled once for every instruction set and chosen at run time; or
/// one function each, `= body::<1>, avx2: body::<2>, avx512: body::<4>`, which
/// must have the same result.
///
/// ```
/// use chainrule::kernels::Instructions;
///
/// chainrule::dispatched! {
///     fn double(x: &mut [f64]) = double_entries
/// }
///
/// #[inline(always)]
/// fn double_entries(x: &mut [f64]) {
///     x.iter_mut().for_each(|x| *x *= 2.0);
/// }
///
/// let mut x = [1.0, 2.5];
/// double(Instructions::best(), &mut x);
/// assert_eq!(x, [2.0, 5.0]);
/// ```
#[macro_export]
macro_rules! dispatched {
    ($(#[$doc:meta])* $visibility:vis fn $name:ident($($argument:ident: $type:ty),*) = $body:path) => {
        $crate::dispatched! {
            $(#[$doc])*
            $visibility fn $name($($argument: $type),*)
                = $body, avx2: $body, avx512: $body
        }
    };
    ($(#[$doc:meta])* $visibility:vis fn $name:ident($($argument:ident: $type:ty),*) = $plain:path, avx2: $avx2:path, avx512: $avx512:path) => {
        $(#[$doc])*
        $visibility fn $name(
            instructions: $crate::kernels::Instructions,
            $($argument: $type),*
        ) {
            use $crate::kernels::Level;

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($argument: $type),*) {
                $avx2($($argument),*)
            }

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw")]
            fn avx512($($argument: $type),*) {
                $avx512($($argument),*)
            }

            // SAFETY: a value of these levels is made only by
            // `Instructions::available`, after it asked the processor for
            // every feature named above.
            #[allow(unsafe_code)]
            match instructions.level() {
                Level::Plain => $plain($($argument),*),
                #[cfg(target_arch = "x86_64")]
                Level::Avx2 => unsafe { avx2($($argument),*) },
                #[cfg(target_arch = "x86_64")]
                Level::Avx512 => unsafe { avx512($($argument),*) },
            }
        }
    };
}
