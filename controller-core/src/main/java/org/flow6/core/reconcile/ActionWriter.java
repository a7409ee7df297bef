package org.flow6.core.reconcile;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.flow6.flow.Action;
import org.flow6.flow.Field;
import org.flow6.flow.RegisterSlice;
import org.flow6.flow.Table;
import org.projectfloodlight.openflow.types.OFPort;

/** Actions and instructions on the wire: OpenFlow 1.3.5 §7.2.4 and §7.2.5, and Nicira's as in ovs-actions(7). */
public final class ActionWriter {
    private static final int OFPAT_OUTPUT = 0;
    private static final int OFPAT_DEC_NW_TTL = 24;
    private static final int OFPAT_SET_FIELD = 25;
    private static final int OFPAT_EXPERIMENTER = 0xffff;
    private static final int NICIRA = 0x00002320;
    private static final int NXAST_REG_MOVE = 6;
    private static final int NXAST_REG_LOAD = 7;
    private static final int NXAST_MULTIPATH = 10;
    private static final int NX_HASH_FIELDS_SYMMETRIC_L3L4_UDP = 3;
    private static final int NX_MP_ALG_MODULO_N = 0;
    private static final int NXAST_RESUBMIT_TABLE = 14;
    private static final int NXAST_CONJUNCTION = 34;
    private static final int NXAST_CT = 35;
    private static final int NXAST_CLONE = 42;
    private static final int NX_CT_F_COMMIT = 1;
    private static final int NX_CT_RECIRC_NONE = 0xff;
    private static final int NXAST_CHECK_PKT_LARGER = 49;
    private static final int KEEP_IN_PORT = 0xfff8;
    /** Class 0, field 0, two octets: in_port_oxm cannot be set in OpenFlow 1.3. */
    private static final int NXM_OF_IN_PORT = 0x0002;

    private static final int IN_PORT_BITS = 16;
    private static final int OFPCML_NO_BUFFER = 0xffff;
    private static final int OFPIT_GOTO_TABLE = 1;
    private static final int OFPIT_APPLY_ACTIONS = 4;
    private static final int OFPIT_METER = 6;

    private ActionWriter() {}

    /** Writes the instructions of a flow: its meter, its actions, the table it goes on to. */
    static void instructions(ByteBuf out, List<Action> actions) {
        for (Action action : actions) {
            if (action instanceof Action.MeteredController metered) {
                out.writeShort(OFPIT_METER).writeShort(8).writeInt(MeterId.of(metered.meter()));
            }
        }
        int start = out.writerIndex();
        out.writeShort(OFPIT_APPLY_ACTIONS).writeShort(0).writeInt(0);
        write(out, actions);
        int length = out.writerIndex() - start;
        if (length > 8) {
            out.setShort(start + 2, length);
        } else {
            out.writerIndex(start);
        }
        for (Action action : actions) {
            if (action instanceof Action.Goto goTo) {
                goTo(out, goTo.table());
            } else if (action instanceof Action.Punt) {
                goTo(out, Table.PUNT);
            } else if (action instanceof Action.Drop) {
                goTo(out, Table.DROP);
            }
        }
    }

    /** Writes actions as they stand in a PACKET_OUT or in APPLY_ACTIONS; what goes to a table is left to instructions. */
    public static void write(ByteBuf out, List<Action> actions) {
        for (Action action : actions) {
            if (action instanceof Action.Set set) {
                set(out, set);
            } else if (action instanceof Action.Move move) {
                move(out, move);
            } else if (action instanceof Action.Output output) {
                output(out, output.port());
            } else if (action instanceof Action.OutputInPort) {
                output(out, OFPort.IN_PORT);
            } else if (action instanceof Action.ForgetInPort) {
                nicira(out, 24, NXAST_REG_LOAD);
                out.writeShort(IN_PORT_BITS - 1).writeInt(NXM_OF_IN_PORT).writeLong(0);
            } else if (action instanceof Action.MeteredController) {
                output(out, OFPort.CONTROLLER);
            } else if (action instanceof Action.Resubmit resubmit) {
                resubmit(out, resubmit.table());
            } else if (action instanceof Action.RouteAgain) {
                resubmit(out, Table.ROUTER);
            } else if (action instanceof Action.CheckLarger check) {
                nicira(out, 24, NXAST_CHECK_PKT_LARGER);
                out.writeShort(check.length()).writeShort(offset(check.result()));
                out.writeInt(Oxm.header(check.result(), false)).writeZero(6);
            } else if (action instanceof Action.DecrementHopLimit) {
                out.writeShort(OFPAT_DEC_NW_TTL).writeShort(8).writeZero(4);
            } else if (action instanceof Action.ChoosePath choose) {
                choosePath(out, choose);
            } else if (action instanceof Action.Track track) {
                connection(out, track.zone(), 0, track.table().number());
            } else if (action instanceof Action.Commit commit) {
                connection(out, commit.zone(), NX_CT_F_COMMIT, NX_CT_RECIRC_NONE);
            } else if (action instanceof Action.Conjunction clause) {
                nicira(out, 16, NXAST_CONJUNCTION);
                // On the wire clauses are counted from 0.
                out.writeByte(clause.clause() - 1)
                        .writeByte(clause.of())
                        .writeInt(clause.key().value());
            } else if (action instanceof Action.PuntCopy copy) {
                copy(out, copy);
            } else if (action instanceof Action.Punt punt) {
                load(out, Field.REASON, punt.reason().code());
            } else if (action instanceof Action.Drop drop) {
                load(out, Field.REASON, drop.reason().code());
            }
        }
    }

    /** In a clone, so that a meter that drops ends the copy alone. */
    private static void copy(ByteBuf out, Action.PuntCopy copy) {
        int start = out.writerIndex();
        nicira(out, 0, NXAST_CLONE);
        out.writeZero(6);
        load(out, Field.REASON, copy.reason().code());
        resubmit(out, Table.PUNT);
        out.setShort(start + 2, out.writerIndex() - start);
    }

    private static void connection(ByteBuf out, Field<Integer> zone, int flags, int recirculation) {
        nicira(out, 24, NXAST_CT);
        out.writeShort(flags)
                .writeInt(Oxm.header(zone, false))
                .writeShort(offset(zone) << 6 | zone.bits() - 1)
                .writeByte(recirculation)
                .writeZero(3)
                .writeShort(0);
    }

    /** struct nx_action_multipath, whose count and number of bits are less one. */
    private static void choosePath(ByteBuf out, Action.ChoosePath choose) {
        nicira(out, 32, NXAST_MULTIPATH);
        out.writeShort(NX_HASH_FIELDS_SYMMETRIC_L3L4_UDP)
                .writeShort(0)
                .writeZero(2)
                .writeShort(NX_MP_ALG_MODULO_N)
                .writeShort(choose.paths() - 1)
                .writeInt(0)
                .writeZero(2)
                .writeShort(offset(choose.result()) << 6 | choose.result().bits() - 1)
                .writeInt(Oxm.header(choose.result(), false));
    }

    private static void resubmit(ByteBuf out, Table table) {
        nicira(out, 16, NXAST_RESUBMIT_TABLE);
        out.writeShort(KEEP_IN_PORT).writeByte(table.number()).writeZero(3);
    }

    private static void set(ByteBuf out, Action.Set set) {
        if (set.field().slice() != null) {
            load(out, set.field(), set.value().getLsb());
            return;
        }
        int start = out.writerIndex();
        out.writeShort(OFPAT_SET_FIELD).writeShort(0).writeInt(Oxm.header(set.field(), false));
        Oxm.value(out, set.value(), (set.field().bits() + 7) / 8);
        Oxm.pad(out, start);
        out.setShort(start + 2, out.writerIndex() - start);
    }

    private static void load(ByteBuf out, Field<?> field, long value) {
        nicira(out, 24, NXAST_REG_LOAD);
        out.writeShort(offset(field) << 6 | field.bits() - 1)
                .writeInt(Oxm.header(field, false))
                .writeLong(value);
    }

    private static void move(ByteBuf out, Action.Move move) {
        nicira(out, 24, NXAST_REG_MOVE);
        out.writeShort(move.from().bits())
                .writeShort(offset(move.from()))
                .writeShort(offset(move.to()))
                .writeInt(Oxm.header(move.from(), false))
                .writeInt(Oxm.header(move.to(), false));
    }

    private static int offset(Field<?> field) {
        RegisterSlice slice = field.slice();
        return slice == null ? 0 : slice.offset();
    }

    private static void output(ByteBuf out, OFPort port) {
        out.writeShort(OFPAT_OUTPUT)
                .writeShort(16)
                .writeInt(port.getPortNumber())
                .writeShort(OFPCML_NO_BUFFER)
                .writeZero(6);
    }

    private static void nicira(ByteBuf out, int length, int subtype) {
        out.writeShort(OFPAT_EXPERIMENTER).writeShort(length).writeInt(NICIRA).writeShort(subtype);
    }

    private static void goTo(ByteBuf out, Table table) {
        out.writeShort(OFPIT_GOTO_TABLE).writeShort(8).writeByte(table.number()).writeZero(3);
    }
}
