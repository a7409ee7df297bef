"""Packets written as os-ken expressions, as in Ryu's switch tests, read without eval."""

import ast
import importlib
import inspect
import operator

_MODULES = ("arp", "ethernet", "icmp", "icmpv6", "igmp", "ipv4", "ipv6", "llc", "lldp", "mpls", "pbb", "sctp", "tcp", "udp", "vlan", "vxlan", "geneve", "gre", "dhcp6")
# The names that Ryu's tester gives to classes which would hide others.
_RENAMED = {("ipv6", "option"): "ipv6option", ("icmpv6", "echo"): "icmpv6echo"}
_OPERATORS = {ast.Add: operator.add, ast.Mult: operator.mul, ast.BitOr: operator.or_, ast.LShift: operator.lshift, ast.Sub: operator.sub}
_LONGEST = 65536


class BadExpression(ValueError):
    """An expression that is not a packet."""


def _bytes(value):
    if isinstance(value, int):
        raise BadExpression(f"bytes({value}): write b'\\x00' * {value}")
    return bytes(value)


def _vocabulary():
    names = {"None": None, "True": True, "False": False, "bytes": _bytes}
    for module_name in _MODULES:
        module = importlib.import_module(f"os_ken.lib.packet.{module_name}")
        for name, value in inspect.getmembers(module, inspect.isclass):
            if value.__module__ == module.__name__:
                names[_RENAMED.get((module_name, name), name)] = value
    return names


_names = {}


def evaluate(text):
    """The value of one expression: constants, lists, tuples, + * | - <<, and calls of os-ken's packet classes; nothing else."""
    if not _names:
        _names.update(_vocabulary())
    try:
        return _value(ast.parse(text.strip(), mode="eval").body)
    except BadExpression:
        raise
    except SyntaxError as problem:
        raise BadExpression(f"{text}: {problem}") from None
    except (TypeError, ValueError) as problem:
        raise BadExpression(f"{text}: {problem}") from problem


def _value(node):
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name) if name in _names and not callable(_names[name]):
            return _names[name]
        case ast.List(elts=elements):
            return [_value(element) for element in elements]
        case ast.Tuple(elts=elements):
            return tuple(_value(element) for element in elements)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.BinOp(op=op, left=left, right=right) if type(op) in _OPERATORS:
            return _combine(op, _value(left), _value(right))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=keywords) if callable(_names.get(name)) and all(k.arg for k in keywords):
            return _names[name](*[_value(argument) for argument in arguments], **{k.arg: _value(k.value) for k in keywords})
    raise BadExpression(f"not allowed in a packet: {ast.unparse(node)}")


def _combine(op, left, right):
    if isinstance(op, (ast.Mult, ast.LShift)) and any(isinstance(side, int) and side > _LONGEST for side in (left, right)):
        raise BadExpression(f"too long: {right}")
    return _OPERATORS[type(op)](left, right)


def packet(layers):
    """The bytes of a packet given as a list of expressions, one a layer, the outermost first. Text is taken as a payload, byte by byte."""
    from os_ken.lib.packet.packet import Packet

    built = Packet()
    for text in layers:
        layer = evaluate(text)
        built.add_protocol(layer.encode("latin-1") if isinstance(layer, str) else layer)
    built.serialize()
    return bytes(built.data)


def decoded(data):
    """The layers of a packet as os-ken decodes them, as texts."""
    from os_ken.lib.packet.packet import Packet

    return [str(layer) for layer in Packet(data).protocols]


def difference(expected, got):
    """What differs between two packets, layer by layer; an empty text if nothing does."""
    if expected == got:
        return ""
    wanted, seen = decoded(expected), decoded(got)
    rows = [f"  expected {w}\n  came     {s}" for w, s in zip(wanted, seen) if w != s]
    rows += [f"  missing  {w}" for w in wanted[len(seen):]] + [f"  surplus  {s}" for s in seen[len(wanted):]]
    return "\n".join(rows) if rows else ""
