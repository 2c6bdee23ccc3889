"""The curve of SM2 (GB/T 32918.5), as far as checking a signature needs it.

Everything here is public: keys out of files, signatures, hashes. No private key comes near this
arithmetic, whose time depends on its numbers; ``sm2.sign`` leaves those to GmSSL.
"""

from typing import TypeAlias

#: A point by its two coordinates; the neutral point is never a key.
Point: TypeAlias = tuple[int, int]
#: Jacobian: x = X / Z², y = Y / Z³; Z = 0 is the neutral point.
_Jacobian: TypeAlias = tuple[int, int, int]

P = 0xFFFFFFFE_FFFFFFFF_FFFFFFFF_FFFFFFFF_FFFFFFFF_00000000_FFFFFFFF_FFFFFFFF
A = P - 3
B = 0x28E9FA9E_9D9F5E34_4D5A9E4B_CF6509A7_F39789F5_15AB8F92_DDBCBD41_4D940E93
#: The order of the base point, a prime.
N = 0xFFFFFFFE_FFFFFFFF_FFFFFFFF_FFFFFFFF_7203DF6B_21C6052B_53BBF409_39D54123
G: Point = (
    0x32C4AE2C_1F198119_5F990446_6A39C994_8FE30BBF_F2660BE1_715A4589_334C74C7,
    0xBC3736A2_F4F6779C_59BDCEE3_6B692153_D0A9877C_C62A4740_02DF32E5_2139F0A0,
)
_NEUTRAL: _Jacobian = (1, 1, 0)


def on_curve(point: Point) -> bool:
    """Whether a pair of coordinates is a point of the curve, each below the prime."""
    x, y = point
    return 0 <= x < P and 0 <= y < P and (y * y - (x * x + A) * x - B) % P == 0


def lift(x: int, *, odd: bool) -> Point | None:
    """The point that has this x coordinate, and the y of this parity.

    Args:
        x: the coordinate.
        odd: which of the two points.

    Returns:
        ``None`` when no point has this coordinate.
    """
    if not 0 <= x < P:
        return None
    square = ((x * x + A) * x + B) % P
    y = pow(square, (P + 1) // 4, P)  # a root, since P is 3 modulo 4
    if y * y % P != square:
        return None
    return (x, P - y if (y & 1) != odd else y)


def combine(u: int, v: int, point: Point) -> Point | None:
    """``u`` times the base point plus ``v`` times another.

    Args:
        u: 0 <= u < N.
        v: 0 <= v < N.
        point: a point of the curve.

    Returns:
        ``None`` for the neutral point.
    """
    base, other = (*G, 1), (*point, 1)
    table: tuple[_Jacobian, ...] = (_NEUTRAL, base, other, _add(base, other))
    total = _NEUTRAL
    for bit in range(max(u.bit_length(), v.bit_length()) - 1, -1, -1):
        total = _double(total)
        step = (u >> bit & 1) | (v >> bit & 1) << 1
        if step:
            total = _add(total, table[step])
    x, y, z = total
    if z == 0:
        return None
    inverse = pow(z, -1, P)
    square = inverse * inverse % P
    return (x * square % P, y * square * inverse % P)


def _double(point: _Jacobian) -> _Jacobian:
    x, y, z = point
    # No point of this curve has y = 0, since its order is odd; the neutral point stays itself.
    yy, zz = y * y % P, z * z % P
    s = 4 * x * yy % P
    m = 3 * (x - zz) * (x + zz) % P
    x3 = (m * m - 2 * s) % P
    return x3, (m * (s - x3) - 8 * yy * yy) % P, 2 * y * z % P


def _add(one: _Jacobian, two: _Jacobian) -> _Jacobian:
    x1, y1, z1 = one
    x2, y2, z2 = two
    if z1 == 0:
        return two
    if z2 == 0:
        return one
    zz1, zz2 = z1 * z1 % P, z2 * z2 % P
    u1, s1 = x1 * zz2 % P, y1 * z2 * zz2 % P
    h, r = (x2 * zz1 - u1) % P, (y2 * z1 * zz1 - s1) % P
    if h == 0:
        return _double(one) if r == 0 else _NEUTRAL
    hh = h * h % P
    hhh, v = h * hh % P, u1 * hh % P
    x3 = (r * r - hhh - 2 * v) % P
    return x3, (r * (v - x3) - s1 * hhh) % P, h * z1 * z2 % P
