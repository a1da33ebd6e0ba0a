//! The committed module, and a way to call it.

use wasmi::{
    Engine, Extern, Instance, Linker, Memory, Module, Store, WasmParams,
    WasmResults,
};

pub const MODULE: &[u8] = include_bytes!("../../book/live/chainrule_live.wasm");

/// What a function returns that has accepted its input.
pub const DONE: i32 = 0;

/// What it returns for input without meaning.
pub const REFUSED: i32 = -1;

/// One instance of the module.
pub struct Live {
    store: Store<()>,
    instance: Instance,
}

impl Live {
    /// An empty linker: a module that imported anything would be refused.
    pub fn new() -> Live {
        let engine = Engine::default();
        let module = Module::new(&engine, MODULE).expect("a module");
        let mut store = Store::new(&engine, ());
        let instance = Linker::new(&engine)
            .instantiate_and_start(&mut store, &module)
            .expect("a module without imports");
        Live { store, instance }
    }

    /// The names of all functions that the module offers.
    pub fn functions(&self) -> Vec<String> {
        let exports = self.instance.exports(&self.store);
        exports
            .filter(|export| export.clone().into_func().is_some())
            .map(|export| export.name().to_owned())
            .collect()
    }

    /// Calls an export; a trap fails the test.
    pub fn call<P: WasmParams, R: WasmResults>(
        &mut self,
        name: &str,
        arguments: P,
    ) -> R {
        self.instance
            .get_typed_func::<P, R>(&self.store, name)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            .call(&mut self.store, arguments)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// A function that returns one number.
    pub fn number<P: WasmParams>(&mut self, name: &str, arguments: P) -> f64 {
        self.call(name, arguments)
    }

    /// A function that returns [`DONE`], [`REFUSED`] or a count.
    pub fn code<P: WasmParams>(&mut self, name: &str, arguments: P) -> i32 {
        self.call(name, arguments)
    }

    /// A function that answers with many numbers, read out of memory.
    pub fn numbers<P: WasmParams>(
        &mut self,
        name: &str,
        arguments: P,
    ) -> Vec<f64> {
        let count = self.code(name, arguments) as usize;
        let start = self.code("numbers", ()) as usize;
        let memory = self.memory().data(&self.store);
        let (numbers, _) = memory[start..start + 8 * count].as_chunks::<8>();
        numbers.iter().map(|&bytes| f64::from_le_bytes(bytes)).collect()
    }

    /// Puts bytes where the module has made room for them.
    fn write(&mut self, start: usize, bytes: &[u8]) {
        let memory = self.memory();
        let room = &mut memory.data_mut(&mut self.store)[start..];
        room[..bytes.len()].copy_from_slice(bytes);
    }

    /// Calls a function that reads the bytes of a file.
    pub fn take(&mut self, name: &str, bytes: &[u8]) -> i32 {
        let room = self.code("room", bytes.len() as u32) as usize;
        self.write(room, bytes);
        self.code(name, ())
    }

    fn memory(&self) -> Memory {
        let memory = self.instance.get_export(&self.store, "memory");
        memory.and_then(Extern::into_memory).expect("a memory")
    }
}

/// The same bits, in the same order.
#[track_caller]
pub fn assert_same<'a>(
    what: &str,
    found: &[f64],
    expected: impl IntoIterator<Item = &'a f64>,
) {
    let expected: Vec<f64> = expected.into_iter().copied().collect();
    let bits =
        |row: &[f64]| row.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(found), bits(&expected), "{what}: {found:?} {expected:?}");
}
