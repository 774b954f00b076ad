//! What sealing costs an answer: one key encapsulation a bag, then one envelope each. Prints a table of
//! bags of different sizes side by side; asserts nothing. `cargo bench --bench sealing`.

use std::{
    error::Error,
    hint::black_box,
    time::{Duration, Instant},
};

use trygg::survey::{
    envelope::{BagSealer, PrivateKey},
    ids::RoundId,
};
use uuid::Uuid;

/// Bytes of a sheet of `lulea-trygghet` 1.0.
const SHEET: [u8; 67] = [1; 67];
const LEAST: Duration = Duration::from_secs(1);

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut rng = rand::rng();
    let public = PrivateKey::draw(&mut rng).public();
    let round = RoundId::from(Uuid::from_u128(1));
    println!("| envelopes a bag | microseconds a bag | microseconds an envelope |");
    println!("|---|---|---|");
    for size in [1_u32, 8, 64, 512] {
        let (mut bags, began) = (0_u32, Instant::now());
        while began.elapsed() < LEAST {
            let sealer = BagSealer::new(&public, round, &[7; 32], &mut rng)?;
            for position in 0..size {
                black_box(sealer.seal(position, &[9; 32], black_box(&SHEET))?);
            }
            bags += 1;
        }
        let a_bag = began.elapsed().as_secs_f64() * 1e6 / f64::from(bags);
        println!("| {size} | {a_bag:.1} | {:.2} |", a_bag / f64::from(size));
    }
    Ok(())
}
