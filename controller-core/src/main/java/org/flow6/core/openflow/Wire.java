package org.flow6.core.openflow;

/** Numbers of OpenFlow 1.3.5 (section A) and of the ONF and Nicira extensions that sessions use. */
final class Wire {
    static final int VERSION = 4;
    static final int HEADER = 8;
    static final int MULTIPART_HEADER = 16;

    static final int HELLO = 0;
    static final int ERROR = 1;
    static final int ECHO_REQUEST = 2;
    static final int ECHO_REPLY = 3;
    static final int EXPERIMENTER = 4;
    static final int FEATURES_REQUEST = 5;
    static final int FEATURES_REPLY = 6;
    static final int SET_ASYNC = 28;
    static final int SET_CONFIG = 9;
    /** OFPC_FRAG_NX_MATCH (ovs-fields(7), "IP fragments"): a first fragment shows the ports or ICMP type that it has. */
    static final int FRAGMENTS_AS_THEY_ARE = 3;

    static final int PACKET_IN = 10;
    static final int FLOW_REMOVED = 11;
    static final int PORT_STATUS = 12;
    static final int PACKET_OUT = 13;
    static final int MULTIPART_REQUEST = 18;
    static final int MULTIPART_REPLY = 19;
    static final int BARRIER_REQUEST = 20;
    static final int BARRIER_REPLY = 21;
    static final int ROLE_REQUEST = 24;
    static final int ROLE_REPLY = 25;

    static final int EXPERIMENTER_ERROR = 0xffff;
    static final int HELLO_FAILED = 0;
    static final int ROLE_REQUEST_FAILED = 11;

    static final int NICIRA = 0x00002320;
    static final int NX_TLV_TABLE_MOD = 24;
    static final int NX_TLV_TABLE_REQUEST = 25;
    static final int NX_TLV_TABLE_REPLY = 26;
    static final int ONF = 0x4f4e4600;
    static final int ONF_BUNDLE_CONTROL = 2300;
    static final int ONF_BUNDLE_ADD = 2301;

    static final int ALL_TABLES = 0xff;
    static final int ANY = 0xffffffff;
    static final int NO_BUFFER = 0xffffffff;
    static final int NO_BUFFER_MISS_LENGTH = 0xffff;

    private Wire() {}

    /** Rounds up to the multiple of eight that OpenFlow pads structures to. */
    static int padded(int length) {
        return (length + 7) & ~7;
    }
}
