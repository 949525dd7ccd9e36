"""Night has blacks: over the contact sheet's pictures a good third is all but black, skies are dark, and signs are not white."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from contact_sheet import SIZE, nights


@pytest.mark.long
@pytest.mark.timeout(3000)
def test_over_the_contact_sheet() -> None:
    from world.stage.boot import boot

    found = list(nights(boot(SIZE, window=False)))
    assert len(found) >= 24
    assert np.mean([night.black for night in found]) >= 0.35
    skies = {night.name: night.sky for night in found if night.sky is not None}
    assert np.median(list(skies.values())) < 0.06
    assert {name: sky for name, sky in skies.items() if sky >= 0.08} == {}
    clipped: dict[str, Any] = {night.name: night.clipped for night in found}
    assert {name: share for name, share in clipped.items() if share > 0.1} == {}
