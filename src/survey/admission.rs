//! What lets a person answer: the code of a letter, or the open link of a place. A draft holds it inside
//! its sealed part, in the same sixteen bytes for both streams.

use uuid::Uuid;

use super::ids::InvitationId;

/// What lets a person answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// The code of a letter: it is spent by the answer.
    Code(InvitationId),
    /// The open link of a place, numbered from 1 in the order of the plan. Nothing is spent.
    Place(u8),
}

impl Admission {
    /// Sixteen bytes: the invitation's id, or zeros and the place. An invitation's id is random (v4), and
    /// its version bits are never zero, so the two cannot be taken for each other.
    #[must_use]
    pub fn bytes(self) -> [u8; 16] {
        match self {
            Self::Code(invitation) => *invitation.uuid().as_bytes(),
            Self::Place(place) => Uuid::from_u128(u128::from(place)).into_bytes(),
        }
    }

    /// What these bytes stand for.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        match u8::try_from(u128::from_be_bytes(bytes)) {
            Ok(place) => Self::Place(place),
            Err(_) => Self::Code(Uuid::from_bytes(bytes).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_and_a_place_are_never_taken_for_each_other() {
        for place in [1, 93, u8::MAX] {
            assert_eq!(Admission::from_bytes(Admission::Place(place).bytes()), Admission::Place(place));
        }
        for _ in 0..100 {
            let code = Admission::Code(Uuid::new_v4().into());
            assert_eq!(Admission::from_bytes(code.bytes()), code);
        }
        let least = Uuid::from_u128(0x4000 << 64);
        assert_eq!(Admission::from_bytes(*least.as_bytes()), Admission::Code(least.into()), "the least v4");
    }
}
