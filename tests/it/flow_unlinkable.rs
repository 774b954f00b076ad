//! What a thief makes of a copy of the opened database: everything that a row shows besides
//! its columns is tried, and none of it leads from a letter to an answer. The control is a plain pair of
//! tables, where it leads to all.

use std::collections::HashMap;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rstest::rstest;
use sqlx::{Connection, SqliteConnection};
use trygg::survey::round::Kind;

use crate::support::{
    Engine, TestDatabase,
    office::{TestOffice, answers, submission},
};

const ANSWERS: usize = 300;

/// Spearman's rank correlation of an order with the order of arrival.
fn correlation(order: &[usize]) -> f64 {
    let real = |count: usize| f64::from(u32::try_from(count).expect("few"));
    let n = real(order.len());
    let squares: f64 = order.iter().enumerate().map(|(rank, &arrived)| (real(rank) - real(arrived)).powi(2)).sum();
    1.0 - 6.0 * squares / (n * (n * n - 1.0))
}

/// Sheets as they lie in the table and as their keys sort them, and how many transactions wrote them.
async fn as_stored(test: &TestDatabase, engine: Engine) -> (Vec<Vec<Vec<u8>>>, i64) {
    let all = "SELECT sheet FROM responses";
    let by_id = "SELECT sheet FROM responses ORDER BY id";
    match engine {
        Engine::Sqlite => {
            let mut file = SqliteConnection::connect(&test.address).await.expect("connects");
            let hidden = sqlx::query("SELECT rowid FROM responses").fetch_one(&mut file).await;
            assert!(hidden.is_err(), "no hidden number of the row");
            let mut orders = Vec::new();
            for query in [all, by_id] {
                orders.push(sqlx::query_scalar(query).fetch_all(&mut file).await.expect("reads"));
            }
            (orders, 1)
        }
        Engine::Postgres => {
            let mut server = test.plain_connection().await;
            let mut orders = Vec::new();
            for query in ["SELECT sheet FROM responses ORDER BY ctid", by_id] {
                orders.push(sqlx::query_scalar(query).fetch_all(&mut server).await.expect("reads"));
            }
            let writers = "SELECT COUNT(DISTINCT xmin::text) FROM responses";
            (orders, sqlx::query_scalar(writers).fetch_one(&mut server).await.expect("counts"))
        }
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn nothing_of_an_opened_response_tells_when_it_came_or_from_which_letter(#[case] engine: Engine) {
    let Some(test) = TestOffice::new(engine, Kind::Test).await else { return };
    let (survey, round) = test.open_lulea(ANSWERS as u64 / 12).await;
    let mut rng = ChaCha8Rng::seed_from_u64(300);
    let mut arrival = HashMap::new();
    // Letters are answered one after the other, in the order of their numbers: the worst for them.
    for (place, letter) in round.letters.iter().enumerate() {
        let (given, sheet) = answers(&survey, &letter.area, &mut rng);
        test.post(&round.slug, &letter.code, submission(), &given).await.expect("is stored");
        assert_eq!(arrival.insert(sheet, place), None, "every sheet can be known again");
    }
    assert_eq!(test.opened(&round).await.len(), ANSWERS);

    let (orders, writers) = as_stored(&test.test, engine).await;
    assert_eq!(writers, 1, "one transaction wrote them all");
    for order in orders {
        let order: Vec<usize> = order.iter().map(|sheet| arrival[sheet]).collect();
        assert_eq!(order.len(), ANSWERS);
        // By chance one is in its place, and more than nine once in ten million times; a correlation of
        // 0.32 is five and a half standard deviations.
        let in_place = order.iter().enumerate().filter(|(rank, arrived)| rank == *arrived).count();
        assert!(in_place <= 9, "{in_place} lie where they arrived");
        let found = correlation(&order);
        assert!(found.abs() < 0.32, "the order remembers the arrival: {found}");
    }
}

#[test]
fn the_correlation_sees_an_order_that_is_kept_or_turned() {
    let kept: Vec<usize> = (0..ANSWERS).collect();
    assert!((correlation(&kept) - 1.0).abs() < 1e-12);
    let turned: Vec<usize> = kept.iter().rev().copied().collect();
    assert!((correlation(&turned) + 1.0).abs() < 1e-12);
}

#[tokio::test]
async fn two_plain_tables_without_a_key_between_them_would_give_every_answer_away() {
    let Some(test) = TestDatabase::new(Engine::Postgres).await else { return };
    let mut server = test.plain_connection().await;
    for table in ["CREATE TABLE plain_codes (code int)", "CREATE TABLE plain_answers (answer int)"] {
        sqlx::query(table).execute(&mut server).await.expect("creates");
    }
    for person in 0..200 {
        let mut tx = server.begin().await.expect("begins");
        sqlx::query("INSERT INTO plain_codes VALUES ($1)").bind(person).execute(&mut *tx).await.expect("inserts");
        sqlx::query("INSERT INTO plain_answers VALUES ($1)").bind(person).execute(&mut *tx).await.expect("inserts");
        tx.commit().await.expect("commits");
    }
    let linked = "SELECT COUNT(*) FROM plain_codes c JOIN plain_answers a ON a.xmin::text = c.xmin::text \
                  WHERE a.answer = c.code";
    let linked: i64 = sqlx::query_scalar(linked).fetch_one(&mut server).await.expect("joins");
    assert_eq!(linked, 200);
}
