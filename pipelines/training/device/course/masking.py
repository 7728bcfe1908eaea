"""Adapt an encoder to news: some words are masked, and it guesses their pieces (Devlin et al. 2019)."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipelines.training.device.course.articles import Articles
from pipelines.training.device.course.encoder import DROPPED, Encoder
from pipelines.training.device.course.learning import Plan, learn
from pipelines.training.device.course.machine import DEVICE, say, tensor
from pipelines.training.device.course.pieces import FIRST, LONGEST, MASK, Laid, Pieces
from pipelines.training.device.course.sampling import ByLength

MASKED, _AS_MASK, _AS_OTHER = 0.2, 0.8, 0.1


class Guess(nn.Module):
    """An encoder with the head that guesses pieces; `given` are the weights of that head, where they are known."""

    def __init__(self, encoder: Encoder, given: Mapping[str, Tensor] | None = None) -> None:
        super().__init__()
        self.encoder, width = encoder, encoder.width
        self.turn, self.turn_norm = nn.Linear(width, width), nn.LayerNorm(width, 1e-12)
        self.bias = nn.Parameter(torch.zeros(encoder.words.num_embeddings))
        nn.init.eye_(self.turn.weight)
        nn.init.zeros_(self.turn.bias)
        if given is not None:
            own = {name for name in self.state_dict() if not name.startswith("encoder.")}
            assert own == set(given), sorted(own ^ set(given))
            self.load_state_dict(dict(given), strict=False)

    def loss(self, laid: Laid, valid: Tensor) -> Tensor:
        """Return what is lost on the masked pieces of a batch."""
        given, chosen = corrupt(laid, valid, self.encoder.words.num_embeddings)
        state = self.turn_norm(functional.gelu(self.turn(self.encoder(given, None)[chosen])))
        scores = functional.linear(state, self.encoder.words.weight).float() + self.bias
        return functional.cross_entropy(scores, laid.pieces[chosen])


def corrupt(laid: Laid, valid: Tensor, vocabulary: int) -> tuple[Tensor, Tensor]:
    """Choose a fifth of the words whole; of ten eight are masked, one is another piece, one stays.

    Returns the pieces that are read, and which are to be guessed. START, END and unknown pieces never are.
    """
    pieces, firsts, _ = laid
    begins = torch.zeros_like(pieces)
    begins.scatter_(1, torch.where(valid, firsts, 0), valid.long())  # place 0 is START's
    begins[:, 0] = 0
    word = torch.cumsum(begins, 1)
    fate, way = torch.rand((2, len(pieces), LONGEST + 1), device=DEVICE)
    chosen = (fate.gather(1, word) < MASKED) & (pieces >= FIRST)
    how = way.gather(1, word)
    others = torch.randint(FIRST, vocabulary, pieces.shape, device=DEVICE)
    replaced = torch.where(how < _AS_MASK, MASK, torch.where(how < _AS_MASK + _AS_OTHER, others, pieces))
    return torch.where(chosen, replaced, pieces), chosen


def adapt(
    name: str,
    encoder: Encoder,
    pieces: Pieces,
    articles: Articles,
    plan: Plan,
    size: int,
    given: Mapping[str, Tensor] | None = None,
) -> None:
    """Train an encoder on batches of `size` pieces of the news."""
    torch.manual_seed(1)
    net = Guess(encoder, given).to(DEVICE)
    batches = ByLength(pieces.lengths(articles), size, seed=1)
    encoder.drop(0.0)

    def loss() -> Tensor:
        rows = tensor(batches.draw())
        return net.loss(pieces.lay(articles, rows), articles.valid[rows])

    steps = learn(name, net, loss, plan)
    encoder.drop(DROPPED)
    say(f"{name}: {steps} steps, the news for the {batches.passes}. time")
