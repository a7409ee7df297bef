package org.flow6.assembly;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What {@link java.lang.invoke.StringConcatFactory} makes, with a StringBuilder. */
final class Texts {
    private static final String BUILDER = "java/lang/StringBuilder";
    private static final char ARGUMENT = '\1';
    private static final char CONSTANT = '\2';

    private Texts() {}

    /**
     * @param type of the method: what is put together, and a text
     * @param details what the class file hands to StringConcatFactory: the recipe, and its constants
     * @param method a static one
     */
    static void write(String type, Object[] details, MethodVisitor method) {
        Type[] arguments = Type.getArgumentTypes(type);
        String recipe = (String) details[0];
        int argument = 0;
        int variable = 0;
        int constant = 1;
        StringBuilder plain = new StringBuilder();
        begin(method);
        for (int i = 0; i < recipe.length(); i++) {
            char next = recipe.charAt(i);
            if (next == CONSTANT) {
                plain.append(details[constant++]);
            } else if (next == ARGUMENT) {
                append(method, plain.toString());
                plain.setLength(0);
                Type one = arguments[argument++];
                method.visitVarInsn(one.getOpcode(Opcodes.ILOAD), variable);
                variable += one.getSize();
                append(method, one);
            } else {
                plain.append(next);
            }
        }
        append(method, plain.toString());
        end(method);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    static void begin(MethodVisitor method) {
        method.visitTypeInsn(Opcodes.NEW, BUILDER);
        method.visitInsn(Opcodes.DUP);
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, BUILDER, "<init>", "()V", false);
    }

    static void append(MethodVisitor method, String text) {
        if (!text.isEmpty()) {
            method.visitLdcInsn(text);
            append(method, Type.getType(String.class));
        }
    }

    /** Appends what was loaded last. */
    static void append(MethodVisitor method, Type type) {
        String parameter =
                switch (type.getSort()) {
                    case Type.BYTE, Type.SHORT -> "I";
                    case Type.ARRAY -> "Ljava/lang/Object;";
                    case Type.OBJECT ->
                        type.getClassName().equals(String.class.getName())
                                ? type.getDescriptor()
                                : "Ljava/lang/Object;";
                    default -> type.getDescriptor();
                };
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BUILDER, "append", "(" + parameter + ")L" + BUILDER + ";", false);
    }

    static void end(MethodVisitor method) {
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, BUILDER, "toString", "()Ljava/lang/String;", false);
        method.visitInsn(Opcodes.ARETURN);
    }
}
