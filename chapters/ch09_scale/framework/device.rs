//! Where burn computes.

use std::fmt;
use std::str::FromStr;

use burn::tensor::Device;
use chapters::cli::{Failure, accept};

/// The name of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// The processor, by burn's own loops.
    Flex,
    /// A GPU, by Vulkan, Metal or DX12; in 32 bits alone.
    Wgpu,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Name::Flex => "flex",
            Name::Wgpu => "wgpu",
        })
    }
}

impl FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Name, String> {
        let mut all = [Name::Flex, Name::Wgpu].into_iter();
        accept(text, all.find(|it| it.to_string() == text), "flex or wgpu")
    }
}

/// The device of this name.
///
/// # Errors
/// That there is none, or that the program was built without it.
pub fn open(name: Name) -> Result<Device, Failure> {
    match name {
        Name::Flex => Ok(Device::flex()),
        Name::Wgpu => gpu(),
    }
}

#[cfg(not(feature = "wgpu"))]
fn gpu() -> Result<Device, Failure> {
    let line = "--device wgpu: not built in; add --features wgpu before --";
    Err(Failure::Refused(line.to_owned()))
}

/// burn looks for an adapter at the first operation, and panics without one.
#[cfg(feature = "wgpu")]
fn gpu() -> Result<Device, Failure> {
    use burn::tensor::{DeviceKind, Tensor};
    use std::panic;

    // ANCHOR: gpu
    let device = Device::wgpu(DeviceKind::DefaultDevice);
    // ANCHOR_END: gpu
    let tried = device.clone();
    let told = panic::take_hook();
    panic::set_hook(Box::new(|_| ()));
    let found = panic::catch_unwind(move || {
        let ones = Tensor::<1>::ones([1], &tried);
        ones.into_scalar::<f32>()
    });
    panic::set_hook(told);
    if found.is_ok_and(|one| one == 1.0) {
        return Ok(device);
    }
    let line = "--device wgpu: no GPU is found, nor a Vulkan that imitates one";
    let advice = "(Debian: mesa-vulkan-drivers)";
    Err(Failure::Refused(format!("{line} {advice}")))
}
