"""One generation while it runs: what the record of its end will tell."""

from typing import TYPE_CHECKING

from hegui.gateway.admission import Admitted
from hegui.vault import SALT, Commitment
from hegui.world import ID_TOKEN, World, act_id

if TYPE_CHECKING:
    from hegui.gateway.errors import GatewayError
    from hegui.gateway.rows import Found
    from hegui.gateway.soon import Soon
    from hegui.gateway.stream import Taken
    from hegui.store import Written


class Generation:
    """One generation while it runs.

    Args:
        admitted: whose it is.
        world: clock and randomness.
        route: what is asked for, as in evidence.
        label_at: where the reader sees the label; empty: where the application declared.

    Attributes:
        id: the act's random id, also the label's ProduceID.
        admitted, route, label_at: as given.
        started: when, in milliseconds since 1970.
        first: when its first byte left, or none.
        upstream: the upstream that answers, once known.
        prompt_bytes: size of the request body.
        chars: characters that left.
        salt: of the commitment to its answer.
        answer: that commitment, to what of the answer is sealed so far.
        segments: how many pieces of the answer are sealed.
        taken: texts that left and are not yet sealed.
        findings: what was found and stopped nothing.
        seals: seals on their way to the disk, oldest first, with the time each began.
        intake: its intake while that is being written; awaiting it tells whether it was.
        closed: its outcome is written, or being written.
        cut: why it is being ended before its end, if it is.
        unsealed: a text that left could not be sealed; it is tried again.
    """

    first: int | None = None
    upstream = ""
    prompt_bytes = 0
    chars = 0
    segments = 0
    intake: "Soon | None" = None
    closed = False
    cut: "GatewayError | None" = None
    unsealed = False

    def __init__(
        self,
        admitted: Admitted,
        world: World,
        *,
        route: str = "chat.completions",
        label_at: str = "",
    ) -> None:
        self.started = started = world.now()
        token = world.token(ID_TOKEN + SALT)
        self.id = act_id(started, token[:ID_TOKEN])
        self.admitted = admitted
        self.route = route
        self.label_at = label_at or admitted.application.label_at
        self.salt = salt = token[ID_TOKEN:]
        self.answer = Commitment(salt)
        self.taken: list[Taken] = []
        self.findings: list[Found] = []
        self.seals: list[tuple[int, Written]] = []
