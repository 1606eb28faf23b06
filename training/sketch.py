"""The network of the quick parse: what the pupil has seen of a sentence's words in, its parse out.

Heads are found as in Dozat and Manning (2017), but with one product for each pair of words and the root as a word that
hangs from itself.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

from dateline.coding.sketch import LABEL

WIDTH, HEADS, INNER, LAYERS = 192, 6, 384, 2
ARC = 96
"""Numbers by which two words are matched for whether one hangs from the other; `LABEL` are for as what it does."""
STATES = 1152
"""Numbers of a word: both layers of the pupil at its first piece, the second at its last."""


class Layer(nn.Module):
    """Attention and two products, each added to what goes in and normalised (Vaswani et al. 2017)."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.Linear(WIDTH, 3 * WIDTH)
        self.read = nn.Linear(WIDTH, WIDTH)
        self.read_norm = nn.LayerNorm(WIDTH)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return batch x words x width; `mask` says which words are some."""
        size, words, width = states.shape
        parts = self.attention(states).view(size, words, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        found = functional.scaled_dot_product_attention(*parts.unbind(), attn_mask=mask[:, None, None, :])
        states = self.read_norm(states + self.read(found.transpose(1, 2).reshape(size, words, width)))
        normed: torch.Tensor = self.outer_norm(states + self.outer(functional.gelu(self.inner(states))))
        return normed


class Sketch(nn.Module):
    """The network."""

    def __init__(self, looks: int, deps: int, tags: int, kinds: int) -> None:
        super().__init__()
        self.enter, self.look = nn.Linear(STATES, WIDTH), nn.Embedding(looks, WIDTH)
        self.enter_norm = nn.LayerNorm(WIDTH)
        self.near, self.near_norm = nn.Linear(3 * WIDTH, WIDTH), nn.LayerNorm(WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        sizes = {"hangs": ARC, "holds": ARC, "root": 1, "below": LABEL, "above": LABEL, "tags": tags, "kinds": kinds}
        self.told = nn.ModuleDict({name: nn.Linear(WIDTH, size) for name, size in sizes.items()})
        self.label = nn.Linear(3 * LABEL, deps)

    def forward(self, words: torch.Tensor, looks: torch.Tensor, mask: torch.Tensor) -> dict[str, torch.Tensor]:
        """Return `arcs` (batch x words x words: the logit of each head of each word) and what is told of each word."""
        own = mask.unsqueeze(-1)
        states = self.enter_norm(self.enter(words) + self.look(looks)) * own
        before, behind = functional.pad(states, (0, 0, 1, -1)), functional.pad(states, (0, 0, -1, 1))
        near = functional.gelu(self.near(torch.cat([before, states, behind], -1)))
        states = self.near_norm(states + near) * own
        for layer in self.layers:
            states = layer(states, mask)
        told: dict[str, torch.Tensor] = {name: head(states) for name, head in self.told.items()}
        arcs = told["hangs"] @ told["holds"].transpose(1, 2) / ARC**0.5
        alone = torch.eye(words.shape[1], dtype=torch.bool)
        arcs = torch.where(alone, told["root"], arcs).masked_fill(~mask[:, None, :], -1e9)
        return told | {"arcs": arcs}

    def labels(self, told: dict[str, torch.Tensor], heads: torch.Tensor) -> torch.Tensor:
        """Return the logits of each word's dependency, given its head: batch x words x dependencies."""
        below, above = told["below"], told["above"]
        above = above.gather(1, heads.clamp(min=0).unsqueeze(-1).expand_as(above))
        logits: torch.Tensor = self.label(torch.cat([below * above, below, above], -1))
        return logits
